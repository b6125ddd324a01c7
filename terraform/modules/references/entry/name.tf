locals {
  # A wildcard's prefix may be empty, and an entry of a list names no variable.
  has_name = !var.in_list && var.subject != "*"
  name     = trimsuffix(var.subject, "*")

  name_causes = [for cause in [
    {
      wrong = !can(regex(local.patterns.variableName, local.name))
      fault = local.faults.variableName
      cause = local.faults.variableName.causes.invalid
    },
    {
      wrong = can(regex("^(?:${join("|", local.grammar.reservedNames)})$", local.name))
      fault = local.faults.reservedName
      cause = local.faults.reservedName.causes.lambda
    },
    {
      wrong = contains(local.grammar.ownNames, local.name)
      fault = local.faults.reservedName
      cause = local.faults.reservedName.causes.wrapper
    },
  ] : { code = cause.fault.code, cause = cause.cause, remedy = cause.fault.remedy } if local.has_name && cause.wrong]
}
