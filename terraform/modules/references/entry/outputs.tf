output "reference" {
  description = "What is read: `source` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars"
  value = {
    source = local.is_path ? "path" : local.noun
    id     = trimsuffix(local.id, "**")
  }

  precondition {
    condition     = length(local.faults) == 0
    error_message = join("\n", local.faults)
  }
}
