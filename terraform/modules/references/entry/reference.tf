locals {
  is_parameter = local.is_set.parameter
  noun         = local.is_parameter ? "parameter" : "secret"
  fields       = split(":", lookup(local.option_strings, local.noun, ""))
  is_arn       = local.fields[0] == "arn"
  id_length    = min(length(local.fields), !local.is_arn ? 1 : local.is_parameter ? 6 : 7)
  id           = join(":", slice(local.fields, 0, local.id_length))
  rest         = slice(local.fields, local.id_length, length(local.fields))
  is_path      = local.is_parameter && can(regex(local.patterns.path, local.id))
  is_recursive = local.is_path && endswith(local.id, "**")

  # The patterns exclude what a policy would take for a wildcard or a variable.
  id_pattern = local.patterns["${local.noun}${local.is_arn ? "Arn" : "Name"}"]

  reference_problems = [for problem in [
    {
      invalid = trimspace(local.id) == ""
      cause   = format(local.faults.reference.causes.empty, local.noun)
    },
    {
      invalid = !can(regex(local.id_pattern, local.id))
      cause   = format(local.is_arn ? local.faults.reference.causes.invalidArn : local.faults.reference.causes.invalidName, local.noun)
    },
    {
      invalid = length(local.rest) > (local.is_parameter ? 1 : 3)
      cause   = local.faults.reference.causes.tooManyColons
    },
    {
      invalid = !local.is_parameter && try(local.rest[1] != "" && local.rest[2] != "", false)
      cause   = local.faults.reference.causes.stageAndId
    },
    {
      invalid = local.is_parameter && !can(regex(local.patterns.parameterVersion, try(local.rest[0], "")))
      cause   = local.faults.reference.causes.invalidVersion
    },
    {
      invalid = local.is_path && (local.is_arn || try(local.rest[0] != "", false))
      cause   = local.faults.reference.causes.pathArnOrVersion
    },
  ] : { code = local.faults.reference.code, cause = problem.cause, remedy = local.faults.reference.remedy } if problem.invalid]

  reference_key = local.is_parameter ? "" : try(local.rest[0], "")
  key_problems = local.is_set.key && local.reference_key != "" ? [{
    code   = local.faults.key.code
    cause  = local.faults.key.causes.twice
    remedy = local.faults.key.remedy
  }] : []
}
