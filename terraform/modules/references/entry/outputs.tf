output "reference" {
  description = "What is read: `kind` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars; `recursive` for a path with stars, `optional` for what may be missing"
  value = {
    kind      = local.is_path ? "path" : local.noun
    id        = trimsuffix(local.id, "**")
    recursive = local.is_recursive
    optional  = local.is_set.default || lookup(local.options, "optional", "false") == "true"
  }

  precondition {
    condition     = length(local.messages) == 0
    error_message = join("\n", local.messages)
  }

  # Each by itself: another entry's path may be known only after apply. The message has nothing of that entry.
  precondition {
    condition     = !local.is_path_taken
    error_message = "${local.subject}: ${format(local.faults.sharedPath.causes.same, var.path)}. ${local.faults.sharedPath.remedy} [${local.faults.sharedPath.code}]"
  }

  precondition {
    condition     = length(local.outer_paths) == 0
    error_message = "${local.subject}: ${try(format(local.faults.sharedPath.causes.nested, var.path, local.outer_paths[0]), "")}. ${local.faults.sharedPath.remedy} [${local.faults.sharedPath.code}]"
  }
}

output "warnings" {
  description = "Entries that are valid, but may not be what you mean"
  value       = local.warnings
}
