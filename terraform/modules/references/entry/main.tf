# The rules of core/config/parse.ts and what it imports. Both read patterns, options and messages from grammar.json;
# splitting and combining are written twice, and test/cases/grammar.json goes through both.

locals {
  grammar  = jsondecode(file("${path.module}/../grammar.json"))
  patterns = local.grammar.patterns
  faults   = local.grammar.faults

  # Every fault of the options; where these are valid, the first of the faults that follow.
  value_problems     = length(local.ecs_problems) > 0 ? local.ecs_problems : length(local.option_problems) > 0 ? local.option_problems : slice(local.dependent_problems, 0, min(1, length(local.dependent_problems)))
  dependent_problems = concat(local.reference_problems, local.key_problems, local.file_problems, local.combination_problems)

  messages = concat(
    var.is_repeated ? ["${local.subject}: ${format(local.faults.duplicate.causes.twice, "entry")}. ${local.faults.duplicate.remedy} [${local.faults.duplicate.code}]"] : [],
    [for problem in local.name_problems : "${local.subject}: ${problem.cause}. ${problem.remedy} [${problem.code}]"],
    [for problem in local.value_problems : "${local.subject}${local.origin}: ${problem.cause}. ${problem.remedy} [${problem.code}]"],
  )
  prefix  = var.label == null ? "" : "${var.label}: "
  subject = "${local.prefix}${can(regex("^[\\w*[\\]./-]+(?::[0-9]+:[0-9]+)?$", var.subject)) ? var.subject : jsonencode(var.subject)}"
  named   = length(local.ecs_problems) > 0 ? [] : compact([local.string, lookup(local.option_strings, "secret", ""), lookup(local.option_strings, "parameter", "")])
  origin  = length(local.named) > 0 ? " (from ${jsonencode(local.named[0])})" : ""
}
