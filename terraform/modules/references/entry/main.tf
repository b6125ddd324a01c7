# The rules of core/config/parse.ts and what it imports. Both read patterns, options and messages from grammar.json;
# splitting and combining are written twice, and test/cases/grammar.json goes through both.

locals {
  grammar  = jsondecode(file("${path.module}/../grammar.json"))
  patterns = local.grammar.patterns
  faults   = local.grammar.faults

  # Every fault of the options; where these are valid, the first of the faults that follow.
  value_causes = length(local.option_causes) > 0 ? local.option_causes : slice(local.later_causes, 0, min(1, length(local.later_causes)))
  later_causes = concat(local.reference_causes, local.key_causes, local.file_causes, local.combination_causes)

  messages = concat(
    [for cause in local.name_causes : "${local.subject}: ${cause.cause}. ${cause.remedy} [${cause.code}]"],
    [for cause in local.value_causes : "${local.subject}${local.from}: ${cause.cause}. ${cause.remedy} [${cause.code}]"],
  )
  subject = can(regex("^[\\w*[\\]./-]+(?::[0-9]+:[0-9]+)?$", var.subject)) ? var.subject : jsonencode(var.subject)
  named   = compact([local.string, lookup(local.option_strings, "secret", ""), lookup(local.option_strings, "parameter", "")])
  from    = length(local.named) > 0 ? " (from ${jsonencode(local.named[0])})" : ""
}
