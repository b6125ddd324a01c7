output "references" {
  description = "What is read, by entry: `source` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars"
  value       = { for subject, entry in module.entry : subject => entry.reference }
}
