"""What a function on boto3 does when it is imported: makes a client, and calls it for one secret after another."""

import os

import boto3

client = boto3.client("secretsmanager")
for name in os.environ["SECRET_NAMES"].split():
    print(client.get_secret_value(SecretId=name)["SecretString"], flush=True)

# Python's own shutdown is no part of a start.
os._exit(0)
