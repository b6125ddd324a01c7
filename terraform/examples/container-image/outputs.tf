output "environment_variables" {
  description = "The function's variables: the secret's name, and no value"
  value       = module.secrets.environment_variables
}
