output "layers" {
  description = "For the function's `layers`: the layer, or none for an image"
  value       = local.has_layer ? [local.layer_arn] : []
}

output "environment_variables" {
  description = "For the function's `environment`: `AWS_LAMBDA_EXEC_WRAPPER`, `SECRETS` or `SECRETS_FILE`, and the variables given in `environment_variables`"
  value       = local.environment_variables

  precondition {
    condition     = !var.create || length(setintersection(keys(local.references), nonsensitive(keys(var.environment_variables)))) == 0
    error_message = "${local.prefix}environment_variables: a secret of the same name would replace ${join(", ", setintersection(keys(local.references), nonsensitive(keys(var.environment_variables))))}. Remove it from environment_variables or from secrets."
  }

  precondition {
    condition     = !var.create || length(local.name_messages) == 0
    error_message = join("\n", local.name_messages)
  }

  # By itself: a value that is known only after apply does not keep the names from being checked at plan.
  precondition {
    condition     = !var.create || length(local.setting_messages) == 0
    error_message = join("\n", local.setting_messages)
  }

  precondition {
    condition     = !var.create || local.environment_size <= 4096
    error_message = "${local.prefix}The function's variables are ${local.environment_size} bytes; Lambda allows 4096. Use names of secrets instead of ARNs, or put the entries into a file of the function's package: secrets = jsondecode(file(\"src/secrets.json\")), secrets_file = \"secrets.json\"."
  }

  # A function that depends on its variables then depends on its permissions, too.
  depends_on = [aws_iam_role_policy.this]
}

output "policy_json" {
  description = "The policy for the function's role; null if `secrets` is empty"
  value       = local.policy_json

  precondition {
    condition     = local.policy_size <= 10240
    error_message = "${local.prefix}policy_json is ${local.policy_size} characters; IAM allows 10,240 for all inline policies of a role together, and 6,144 for a managed policy. Take several values from one secret, { \"DB_*\" = \"prod/db\" }, or from a path, { \"APP_*\" = \"ssm:/prod/app/\" }, instead of one by one."
  }
}

output "has_policy" {
  description = "Whether there is a policy: not if `secrets` is empty. Known at plan, for `count`"
  value       = local.has_policy
}

output "policy_statements" {
  description = "The policy's statements, to be merged with those of other modules into one policy: objects with `Effect`, `Action`, `Resource` and `Condition`"
  value       = local.policy_statements
}

output "layer_arn" {
  description = "ARN of the layer version; null for an image"
  value       = local.layer_arn

  precondition {
    condition     = !local.has_layer || local.layer_arn != null
    error_message = "${local.prefix}There is no layer for ${local.layer_key}. Set layer_zip, layer_arn or layer_arns[\"${local.layer_key}\"]${local.has_arn ? "" : ", or take the module from a release's terraform-module.zip or from the npm package: these have the zips"}; for a function from an image, set package_type = \"Image\"."
  }
}

output "secret_arns" {
  description = "ARNs of the secrets that the policy allows: with `-??????` after a name, and also without it if the entry is optional"
  value       = local.secret_arns
}
