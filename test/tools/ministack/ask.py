"""Usage: ask.py SERVICE OPERATION INPUT, with AWS's variables set. Prints the answer: JSON.

A string fileb://PATH in the input is a file's bytes, as in AWS's CLI.
"""

import json
import sys
from pathlib import Path

import botocore.session

SCHEME = "fileb://"


def value_of(value):
    is_file = isinstance(value, str) and value.startswith(SCHEME)
    return Path(value.removeprefix(SCHEME)).read_bytes() if is_file else value


service, operation, text = sys.argv[1:]
client = botocore.session.get_session().create_client(service)
answer = getattr(client, operation)(**{name: value_of(value) for name, value in json.loads(text).items()})
print(json.dumps(answer, default=str))
