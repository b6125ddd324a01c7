import os


def handler(event, context):
    """Says what it has found, and of secrets only how long they are."""
    found = {name: f"{len(os.environ[name])} characters" for name in ("API_TOKEN", "DB_PASSWORD")}
    return {**found, "LOG_LEVEL": os.environ["LOG_LEVEL"]}
