################################################################################
# The function's other variables
################################################################################

locals {
  grammar = jsondecode(file("${path.module}/modules/references/grammar.json"))

  # Lambda sets these itself, and accepts no others in their place.
  runtime_names = [
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN", "AWS_LAMBDA_RUNTIME_API",
  ]
  lambda_names = concat(local.runtime_names, [for name in local.grammar.reservedNames : name if !endswith(name, "*")])

  # Those of the wrapper's own names that this module sets have a message of their own.
  setting_names  = concat(flatten(local.grammar.settings[*].names), ["SECRETS_NEXT_WRAPPER", "SECRETS", "SECRETS_FILE"])
  other_names    = nonsensitive(keys(var.environment_variables))
  reserved_fault = local.grammar.faults.reservedName

  name_messages = [for name in local.other_names :
    "${local.prefix}environment_variables: ${name}: ${contains(local.lambda_names, name) ? local.reserved_fault.causes.lambda : local.reserved_fault.causes.wrapper}. ${local.reserved_fault.remedy} [${local.reserved_fault.code}]"
    if contains(local.lambda_names, name) || contains(setsubtract(local.grammar.ownNames, local.setting_names), name)
  ]

  wrong_settings = nonsensitive(flatten([for setting in local.grammar.settings : [for name in setting.names :
    merge(setting, { name = name })
    if !can(regex("^$|${setting.pattern}", lower(lookup(var.environment_variables, name, ""))))
  ]]))
  # Nothing of a sensitive value is shown.
  setting_messages = [for setting in local.wrong_settings :
    "${local.prefix}environment_variables: ${setting.name}: ${format(setting.cause, nonsensitive(issensitive(var.environment_variables[setting.name]) ? "the value" : jsonencode(var.environment_variables[setting.name])))}. ${setting.remedy} [InvalidSetting]"
  ]
}
