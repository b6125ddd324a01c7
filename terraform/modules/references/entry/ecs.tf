locals {
  ecs_members = ["name", "valueFrom"]
  ecs_values  = { for member in local.ecs_members : member => jsonencode(var.value[member]) if var.is_ecs && contains(try(keys(var.value), []), member) }
  ecs_kinds   = { for member, json in local.ecs_values : member => lookup(local.kinds, substr(json, 0, 1), "a number") }

  # What is not an ARN is a parameter.
  value_from    = lookup(local.ecs_kinds, "valueFrom", "") == "a string" ? tostring(var.value.valueFrom) : ""
  ecs_reference = startswith(local.value_from, "arn:") ? local.value_from : "ssm:${local.value_from}"

  ecs_problems = [for problem in concat(
    [for member in local.ecs_members : {
      invalid = var.is_ecs && !contains(keys(local.ecs_values), member)
      fault   = local.faults.ecsEntry
      cause   = format(local.faults.ecsEntry.causes.missing, jsonencode(member))
      words   = []
    }],
    [for member, kind in local.ecs_kinds : {
      invalid = kind != "a string"
      fault   = local.faults.ecsEntry
      cause   = format(local.faults.ecsEntry.causes.kind, jsonencode(member), kind)
      words   = []
    }],
    [for member in try(setsubtract(keys(var.value), local.ecs_members), []) : {
      invalid = var.is_ecs
      fault   = local.faults.unknownOption
      cause   = format(local.faults.unknownOption.causes.unknown, jsonencode(member))
      words   = [join(", ", formatlist("\"%s\"", local.ecs_members))]
    }],
  ) : { code = problem.fault.code, cause = problem.cause, remedy = format(problem.fault.remedy, problem.words...) } if problem.invalid]
}
