output "references" {
  description = "What is read, by entry: `kind` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars; `recursive` for a path with stars, `optional` for what may be missing"
  value       = { for subject, entry in module.entry : subject => entry.reference }

  precondition {
    condition     = !local.is_mixed
    error_message = "${local.prefix}SECRETS: ${local.grammar.faults.ecsList.causes.mixed}. ${local.grammar.faults.ecsList.remedy} [${local.grammar.faults.ecsList.code}]"
  }
}

output "warnings" {
  description = "Entries that are valid, but may not be what you mean"
  value       = flatten(values(module.entry)[*].warnings)
}
