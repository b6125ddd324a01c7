locals {
  # A wildcard's prefix may be empty, and a reference in a list names no variable.
  has_name = var.is_ecs ? lookup(local.ecs_kinds, "name", "") == "a string" : !var.in_list && var.subject != "*"
  name     = var.is_ecs ? var.subject : trimsuffix(var.subject, "*")

  name_problems = [for problem in [
    {
      invalid = !can(regex(local.patterns.variableName, local.name))
      fault   = local.faults.variableName
      cause   = local.faults.variableName.causes.invalid
    },
    {
      invalid = can(regex("^(?:${join("|", local.grammar.reservedNames)})$", local.name))
      fault   = local.faults.reservedName
      cause   = local.faults.reservedName.causes.lambda
    },
    {
      invalid = contains(local.grammar.ownNames, local.name)
      fault   = local.faults.reservedName
      cause   = local.faults.reservedName.causes.wrapper
    },
  ] : { code = problem.fault.code, cause = problem.cause, remedy = problem.fault.remedy } if local.has_name && problem.invalid]
}
