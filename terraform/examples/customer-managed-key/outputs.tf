output "environment_variables" {
  description = "The function's variables: the secret's ARN, and no value"
  value       = module.secrets.environment_variables
}

output "policy_json" {
  description = "What the function's role may do"
  value       = module.secrets.policy_json
}
