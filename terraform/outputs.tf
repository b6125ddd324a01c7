output "layers" {
  description = "For the function's `layers`: the layer, or none for an image"
  value       = local.has_layer ? [local.layer_arn] : []
}

output "environment_variables" {
  description = "For the function's `environment`: `AWS_LAMBDA_EXEC_WRAPPER`, `SECRETS` or `SECRETS_FILE`, and the variables given in `environment_variables`"
  value       = local.environment_variables

  precondition {
    condition     = !var.create || length(local.twice) == 0
    error_message = "environment_variables: the secret of the same name would replace ${join(", ", local.twice)}. Take it out of environment_variables or of secrets."
  }

  precondition {
    condition     = local.environment_size <= 4096
    error_message = "The function's variables have ${local.environment_size} bytes, and Lambda allows 4096. Name secrets rather than giving their ARNs, or put the entries in a file of the function's package: secrets = jsondecode(file(\"src/secrets.json\")), secrets_file = \"secrets.json\"."
  }

  # A function that waits for its variables waits for its permission, too.
  depends_on = [aws_iam_role_policy.this]
}

output "policy_json" {
  description = "The policy that the function's role needs; null where `secrets` is empty"
  value       = local.policy_json

  precondition {
    condition     = local.policy_size <= 10240
    error_message = "policy_json has ${local.policy_size} characters, and IAM allows 10,240 for all inline policies of a role together, 6,144 for a managed policy. Take several values from one secret, { \"DB_*\" = \"prod/db\" }, or from a path, { \"APP_*\" = \"ssm:/prod/app/\" }, rather than one by one."
  }
}

output "layer_arn" {
  description = "ARN of the layer's version; null for an image"
  value       = local.layer_arn

  precondition {
    condition     = !local.has_layer || local.layer_arn != null
    error_message = "There is no layer for ${var.architecture}. Give layer_zip, layer_arn or layer_arns[\"${var.architecture}\"]; a function from an image has package_type = \"Image\"."
  }
}

output "secret_arns" {
  description = "The secrets of Secrets Manager that the policy allows: ARNs, with `-??????` after a name, and without it as well where the entry is optional"
  value       = local.secret_arns
}
