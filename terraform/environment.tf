################################################################################
# The function's other variables
################################################################################

locals {
  grammar = jsondecode(file("${path.module}/modules/references/grammar.json"))

  # By the cause of their fault.
  reserved_names = {
    # Lambda sets these itself, and accepts no others in their place.
    lambda = concat([
      "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", "AWS_LAMBDA_FUNCTION_NAME", "AWS_LAMBDA_FUNCTION_VERSION",
      "AWS_LAMBDA_INITIALIZATION_TYPE", "AWS_LAMBDA_LOG_GROUP_NAME", "AWS_LAMBDA_LOG_STREAM_NAME",
      "AWS_LAMBDA_MAX_CONCURRENCY", "AWS_LAMBDA_METADATA_API", "AWS_LAMBDA_METADATA_TOKEN", "AWS_LAMBDA_RUNTIME_API",
    ], [for name in local.grammar.reservedNames : name if !endswith(name, "*")])
    # Those of the wrapper's own names that this module sets have a message of their own.
    wrapper = setsubtract(local.grammar.ownNames, concat(flatten(local.grammar.settings[*].names), ["SECRETS_NEXT_WRAPPER", "SECRETS", "SECRETS_FILE"]))
  }
  name_messages = flatten([for name in nonsensitive(keys(var.environment_variables)) : [for cause, names in local.reserved_names :
    "${local.prefix}environment_variables: ${name}: ${local.grammar.faults.reservedName.causes[cause]}. ${local.grammar.faults.reservedName.remedy} [${local.grammar.faults.reservedName.code}]"
    if contains(names, name)
  ]])

  # Nothing of a sensitive value is shown.
  setting_messages = [for setting in nonsensitive(flatten([for setting in local.grammar.settings : [for name in setting.names :
    merge(setting, { name = name })
    if !can(regex("^$|${setting.pattern}", lower(lookup(var.environment_variables, name, ""))))
    ]])) :
    "${local.prefix}environment_variables: ${setting.name}: ${format(setting.cause, nonsensitive(issensitive(var.environment_variables[setting.name]) ? "the value" : jsonencode(var.environment_variables[setting.name])))}. ${setting.remedy} [InvalidSetting]"
  ]
}
