import os


def handler(event, context):
    return {"API_TOKEN": os.environ["API_TOKEN"]}
