locals {
  is_parameter = local.given.parameter
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

  reference_causes = [for cause in [
    {
      wrong = trimspace(local.id) == ""
      cause = format(local.faults.reference.causes.empty, local.noun)
    },
    {
      wrong = !can(regex(local.id_pattern, local.id))
      cause = format(local.is_arn ? local.faults.reference.causes.invalidArn : local.faults.reference.causes.invalidName, local.noun)
    },
    {
      wrong = length(local.rest) > (local.is_parameter ? 1 : 3)
      cause = local.faults.reference.causes.tooManyColons
    },
    {
      wrong = !local.is_parameter && try(local.rest[1] != "" && local.rest[2] != "", false)
      cause = local.faults.reference.causes.stageAndId
    },
    {
      wrong = local.is_parameter && !can(regex(local.patterns.parameterVersion, try(local.rest[0], "")))
      cause = local.faults.reference.causes.invalidVersion
    },
    {
      wrong = local.is_path && (local.is_arn || try(local.rest[0] != "", false))
      cause = local.faults.reference.causes.pathArnOrVersion
    },
  ] : { code = local.faults.reference.code, cause = cause.cause, remedy = local.faults.reference.remedy } if cause.wrong]

  reference_key = local.is_parameter ? "" : try(local.rest[0], "")
  key_causes = local.given.key && local.reference_key != "" ? [{
    code   = local.faults.key.code
    cause  = local.faults.key.causes.twice
    remedy = local.faults.key.remedy
  }] : []
}
