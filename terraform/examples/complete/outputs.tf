output "python_environment_variables" {
  description = "The Python function's variables: names of secrets, and no value"
  value       = module.python_secrets.environment_variables
}

output "node_environment_variables" {
  description = "The Node.js function's variables: names of secrets, and no value"
  value       = module.node_secrets.environment_variables
}

output "layer_arn" {
  description = "ARN of the layer's version"
  value       = module.layer.layer_arns["x86_64"]
}

output "secret_arns" {
  description = "What the Python function may read"
  value       = module.python_secrets.secret_arns
}
