"""What a function on Powertools does when it is imported: asks its provider for one secret after another."""

import os

from aws_lambda_powertools.utilities import parameters

for name in os.environ["SECRET_NAMES"].split():
    print(parameters.get_secret(name), flush=True)

# Python's own shutdown is no part of a start.
os._exit(0)
