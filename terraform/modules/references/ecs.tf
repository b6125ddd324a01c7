locals {
  ecs_problems = { for subject, members in { for subject, value in local.values : subject => value.members } : subject => [for problem in concat(
    [for member in ["name", "valueFrom"] : {
      invalid = !contains(keys(members), member)
      fault   = local.faults.ecsEntry
      cause   = format(local.faults.ecsEntry.causes.missing, jsonencode(member))
    }],
    [for member in ["name", "valueFrom"] : {
      invalid = !startswith(lookup(members, member, "\""), "\"")
      fault   = local.faults.ecsEntry
      cause   = format(local.faults.ecsEntry.causes.kind, jsonencode(member), lookup(local.kinds, substr(lookup(members, member, ""), 0, 1), "a number"))
    }],
    [for member in setsubtract(keys(members), ["name", "valueFrom"]) : {
      invalid = true
      fault   = merge(local.faults.unknownOption, { remedy = format(local.faults.unknownOption.remedy, "\"name\", \"valueFrom\"") })
      cause   = format(local.faults.unknownOption.causes.unknown, jsonencode(member))
    }],
  ) : "${problem.cause}. ${problem.fault.remedy} [${problem.fault.code}]" if problem.invalid] if local.form == "ecs" }
}
