output "references" {
  description = "What is read, by entry: `source` is `secret`, `parameter` or `path`, and `id` a name, an ARN or the path without stars; `recursive` for a path with stars, `optional` for what need not exist"
  value       = { for subject, entry in module.entry : subject => entry.reference }
}

output "warnings" {
  description = "What is right by the rules, and may not be what is meant"
  value       = flatten(values(module.entry)[*].warnings)
}
