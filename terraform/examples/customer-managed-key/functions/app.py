import os


def handler(event, context):
    return {"DB_PASSWORD": os.environ["DB_PASSWORD"]}
