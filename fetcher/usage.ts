/** For `wrapper --help`. */
export const USAGE = `Usage: wrapper PROGRAM [ARGUMENT...]
       wrapper --check | --version | --help

Starts PROGRAM with the secrets of SECRETS and SECRETS_FILE in its environment, or does not start it.
Lambda runs it in front of a function's runtime: AWS_LAMBDA_EXEC_WRAPPER=/opt/wrapper

  --check     Show what each entry finds, without its value, and start nothing.
  --version   Show the version.
  --help      Show this text.

Variables:
  SECRETS               JSON: {"DB_PASSWORD": "prod/db:password"}, ["prod/app"], or ECS's list.
  SECRETS_FILE          The same in a JSON or YAML file.
  SECRETS_TIMEOUT       Seconds for everything: 5 unless set.
  SECRETS_NEXT_WRAPPER  Wrappers to start next, separated by colons.
  SECRETS_LOG_LEVEL     TRACE, DEBUG, INFO, WARN, ERROR or FATAL.
  SECRETS_SNAPSTART     "allow" starts a function under SnapStart.`;
