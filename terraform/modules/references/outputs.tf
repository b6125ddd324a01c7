output "references" {
  description = "What is read, by entry: `kind` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars; `recursive` for a path with stars, `optional` for what may be missing"
  value = { for subject, reference in local.references : subject => {
    kind      = reference.is_path ? "path" : reference.noun
    id        = trimsuffix(reference.id, "**")
    recursive = reference.is_path && endswith(reference.id, "**")
    optional  = local.options[subject].is_set.default || lookup(local.jsons[subject], "optional", "false") == "true"
  } }

  precondition {
    condition     = local.form != "mixed"
    error_message = "${local.prefix}SECRETS: ${local.faults.ecsList.causes.mixed}. ${local.faults.ecsList.remedy} [${local.faults.ecsList.code}]"
  }

  precondition {
    condition = !anytrue([for message in local.messages : message != ""])
    # Of those that are known: a message is no number, so the conversion fails, except of what is known only after apply.
    error_message = join("\n", compact([for message in local.messages : message if !can(length([tonumber(message)]))]))
  }
}

output "warnings" {
  description = "Entries that are valid, but may not be what you mean"
  value       = concat([], values(local.warnings)...)
}
