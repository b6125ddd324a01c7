################################################################################
# The function's other variables
################################################################################

locals {
  grammar = jsondecode(file("${path.module}/modules/references/grammar.json"))

  # Lambda sets these itself, and accepts no others in their place.
  lambda_names = concat([
    "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
    "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
    "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN", "AWS_LAMBDA_RUNTIME_API",
  ], [for name in local.grammar.reservedNames : name if !endswith(name, "*")])
  name_messages = [for name in nonsensitive(keys(var.environment_variables)) :
    "${local.prefix}environment_variables: ${name}: ${local.grammar.faults.reservedName.causes.lambda}. ${local.grammar.faults.reservedName.remedy} [${local.grammar.faults.reservedName.code}]"
    if contains(local.lambda_names, name)
  ]

  # Nothing of a sensitive value is shown.
  setting_messages = [for setting in nonsensitive(flatten([for setting in local.grammar.settings : [for name in setting.names :
    merge(setting, { name = name })
    if !can(regex("^$|${setting.pattern}", lower(lookup(var.environment_variables, name, ""))))
    ]])) :
    "${local.prefix}environment_variables: ${setting.name}: ${format(setting.cause, nonsensitive(issensitive(var.environment_variables[setting.name]) ? "the value" : jsonencode(var.environment_variables[setting.name])))}. ${setting.remedy} [InvalidSetting]"
  ]
}
