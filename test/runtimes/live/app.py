import os
import urllib.error
import urllib.request

URL = f"http://127.0.0.1:{os.environ.get('SECRETS_PORT', '2773')}"
HEADERS = {"X-Aws-Parameters-Secrets-Token": os.environ["AWS_SESSION_TOKEN"]}


def read(path):
    try:
        with urllib.request.urlopen(urllib.request.Request(URL + path, headers=HEADERS)) as answer:
            return {"status": answer.status, "body": answer.read().decode()}
    except urllib.error.HTTPError as error:
        return {"status": error.code, "body": error.read().decode()}


# In init, before the first invocation.
AT_INIT = read(os.environ["READ_AT_INIT"]) if "READ_AT_INIT" in os.environ else None


def handler(event, context):
    return {
        "init": AT_INIT,
        "read": [read(path) for path in event.get("read", [])],
        "environment": dict(os.environ),
        "file": open(event["file"]).read() if "file" in event else None,
    }
