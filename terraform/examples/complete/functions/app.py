import os


def handler(event, context):
    return {name: os.environ.get(name) for name in ("API_TOKEN", "DB_PASSWORD", "LOG_LEVEL", "STAGE")}
