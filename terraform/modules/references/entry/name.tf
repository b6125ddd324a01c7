locals {
  # A wildcard's prefix may be empty, and an entry of a list names no variable.
  has_name = !var.in_list && var.subject != "*"
  name     = trimsuffix(var.subject, "*")

  name_causes = [for cause in [
    {
      wrong  = !can(regex("^[A-Za-z_][A-Za-z0-9_]*$", local.name))
      code   = "InvalidName"
      cause  = "it is not a name for a variable"
      remedy = "Use letters, digits and underscores, and no digit first."
    },
    {
      wrong  = can(regex("^(?:${join("|", local.reserved_names)})$", local.name))
      code   = "ReservedName"
      cause  = "Lambda reserves this name"
      remedy = "Choose another name for the variable."
    },
    {
      wrong  = contains(local.own_names, local.name)
      code   = "ReservedName"
      cause  = "this name is a setting of the wrapper itself"
      remedy = "Choose another name for the variable."
    },
  ] : cause if local.has_name && cause.wrong]

  # What Lambda sets itself.
  reserved_names = [
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "_LAMBDA_.*",
    "AWS_LAMBDA_.*",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_CONTAINER_.*",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
  ]

  own_names = [
    "SECRETS",
    "SECRETS_FILE",
    "SECRETS_LOG_LEVEL",
    "SECRETS_NEXT_WRAPPER",
    "SECRETS_SNAPSTART",
    "SECRETS_TIMEOUT",
  ]
}
