locals {
  # A wildcard's prefix may be empty, and a reference in a list names no variable.
  name_problems = { for subject, name in {
    for subject, value in local.values : subject => local.form == "ecs" ? subject : trimsuffix(subject, "*")
    if local.form == "ecs" ? startswith(lookup(value.members, "name", ""), "\"") : local.form == "map" && subject != "*"
    } : subject => [for problem in [
      {
        invalid = !can(regex(local.grammar.patterns.variableName, name))
        fault   = local.faults.variableName
        cause   = local.faults.variableName.causes.invalid
      },
      {
        invalid = can(regex("^(?:${join("|", local.grammar.reservedNames)})$", name))
        fault   = local.faults.reservedName
        cause   = local.faults.reservedName.causes.lambda
      },
      {
        invalid = contains(local.grammar.ownNames, name)
        fault   = local.faults.reservedName
        cause   = local.faults.reservedName.causes.wrapper
      },
  ] : "${problem.cause}. ${problem.fault.remedy} [${problem.fault.code}]" if problem.invalid] }
}
