import os
import sys


def handler(event, context):
    if "exit" in event:
        sys.exit(event["exit"])
    with open("/proc/self/cmdline") as cmdline:
        command = cmdline.read().split("\0")[:-1]
    return {"environment": dict(os.environ), "command": command, "pid": os.getpid()}
