#!/bin/sh
# A runtime of one's own: gives what its process was started with, in base64 where it may hold anything.
set -eu

runtime=http://$AWS_LAMBDA_RUNTIME_API/2018-06-01/runtime

while invocation=$(curl -sSfi "$runtime/invocation/next"); do
  case $invocation in
    *'{"exit":3}') exit 3 ;;
  esac
  id=$(printf %s "$invocation" | tr -d '\r' | sed -n 's/^lambda-runtime-aws-request-id: //Ip')
  environ=$(env -0 | base64 -w 0)
  cmdline=$(base64 -w 0 "/proc/$$/cmdline")
  printf '{"environ":"%s","cmdline":"%s","pid":%s}' "$environ" "$cmdline" $$ |
    curl -sSf --data-binary @- -o /dev/null "$runtime/invocation/$id/response"
done
