locals {
  # A name is one field, a secret's ARN has seven and a parameter's six.
  references = { for subject, fields in {
    for subject, option in local.options : subject => regex(
      "^(?s:(?P<id>arn(?::[^:]*){0,${option.is_set.parameter ? 5 : 6}}|[^:]*)(?::(?P<rest>.*))?)$",
      lookup(option.strings, option.is_set.parameter ? "parameter" : "secret", "")
    )
    } : subject => {
    noun    = local.options[subject].is_set.parameter ? "parameter" : "secret"
    id      = fields.id
    rest    = split(":", fields.rest == null ? "" : fields.rest)
    is_arn  = can(regex("^arn(?::|$)", fields.id))
    is_path = local.options[subject].is_set.parameter && can(regex(local.grammar.patterns.path, fields.id))
    # The first field after the name; a parameter's is the version.
    key = !local.options[subject].is_set.parameter && fields.rest != null ? split(":", fields.rest)[0] : ""
    # Others are for several variables: wildcards and entries of a list.
    for_variable = local.form == "ecs" || (local.form == "map" && !endswith(subject, "*"))
  } }

  reference_problems = { for subject, reference in local.references : subject => [for problem in [
    {
      invalid = trimspace(reference.id) == ""
      fault   = local.faults.reference
      cause   = format(local.faults.reference.causes.empty, reference.noun)
    },
    {
      # The patterns exclude what a policy would take for a wildcard or a variable.
      invalid = !can(regex(local.grammar.patterns["${reference.noun}${reference.is_arn ? "Arn" : "Name"}"], reference.id))
      fault   = local.faults.reference
      cause   = format(reference.is_arn ? local.faults.reference.causes.invalidArn : local.faults.reference.causes.invalidName, reference.noun)
    },
    {
      invalid = length(reference.rest) > (reference.noun == "parameter" ? 1 : 3)
      fault   = local.faults.reference
      cause   = local.faults.reference.causes.tooManyColons
    },
    {
      invalid = reference.noun == "secret" && try(reference.rest[1] != "" && reference.rest[2] != "", false)
      fault   = local.faults.reference
      cause   = local.faults.reference.causes.stageAndId
    },
    {
      invalid = reference.noun == "parameter" && !can(regex(local.grammar.patterns.parameterVersion, reference.rest[0]))
      fault   = local.faults.reference
      cause   = local.faults.reference.causes.invalidVersion
    },
    {
      invalid = reference.is_path && (reference.is_arn || reference.rest[0] != "")
      fault   = local.faults.reference
      cause   = local.faults.reference.causes.pathArnOrVersion
    },
    {
      invalid = reference.key != "" && local.options[subject].is_set.key
      fault   = local.faults.key
      cause   = local.faults.key.causes.twice
    },
  ] : "${problem.cause}. ${problem.fault.remedy} [${problem.fault.code}]" if problem.invalid] }
}
