# Valid, but rarely intended: `terraform plan` warns and continues.

check "secrets" {
  assert {
    condition     = length(flatten(module.references[*].warnings)) == 0
    error_message = join("\n", flatten(module.references[*].warnings))
  }
}

check "policy_size" {
  assert {
    condition     = local.attaches_policy ? true : local.policy_size <= 6144
    error_message = "${local.prefix}policy_json is ${local.policy_size} characters. A managed policy may be 6,144: attach this one as an inline policy, with aws_iam_role_policy or role_name, or take several values from one secret or path."
  }
}
