"""Usage: ask.py SERVICE OPERATION INPUT, with AWS's variables set. Prints the answer: JSON."""

import json
import sys

import botocore.session

service, operation, parameters = sys.argv[1:]
client = botocore.session.get_session().create_client(service)
answer = getattr(client, operation)(**json.loads(parameters))
print(json.dumps(answer, default=str))
