################################################################################
# Parameters
################################################################################

locals {
  # AWS's own public parameters are in no account.
  prefixes = { for id in distinct([for reference in local.references : reference.id if reference.kind != "secret"]) :
    id => "arn:${local.aws.partition}:ssm:${local.aws.region}:${startswith(id, "/aws/service/") ? "" : local.aws.account}:parameter/"
  }
  parameters = [for reference in local.references :
    merge(reference, { arn = startswith(reference.id, "arn:") ? reference.id : "${local.prefixes[reference.id]}${trimprefix(reference.id, "/")}" })
    if reference.kind == "parameter"
  ]
  # GetParametersByPath is authorized on the path, and not on what is under it.
  paths = [for reference in local.references :
    merge(reference, { arn = "${local.prefixes[reference.id]}${trim(reference.id, "/")}" })
    if reference.kind == "path"
  ]
  parameter_arns = distinct(local.parameters[*].arn)
  recursive_arns = distinct([for path in local.paths : path.arn if path.recursive])
}

################################################################################
# Secrets
################################################################################

locals {
  secrets = concat(
    [for reference in local.references : {
      arn         = startswith(reference.id, "arn:") ? reference.id : "arn:${local.aws.partition}:secretsmanager:${local.aws.region}:${local.aws.account}:secret:${reference.id}"
      is_complete = can(regex("^arn:.*-[A-Za-z0-9]{6}$", reference.id))
      optional    = reference.optional
    } if reference.kind == "secret"],
    # With this prefix Parameter Store reads a secret, which takes the permission for both.
    [for parameter in local.parameters : {
      arn         = replace(parameter.arn, "/^arn:([^:]+):ssm:([^:]+:[^:]+):parameter/aws/reference/secretsmanager/(.+)$/", "arn:$1:secretsmanager:$2:secret:$3")
      is_complete = false
      optional    = parameter.optional
    } if strcontains(parameter.arn, ":parameter/aws/reference/secretsmanager/")],
  )

  # Six characters that AWS has added end a secret's ARN; `-*` would match the names that begin the same, too.
  stored_arns = distinct([for secret in local.secrets : secret.is_complete ? secret.arn : "${secret.arn}-??????"])
  # A secret that does not exist has no such ending: the answer would be AccessDenied, which is never forgiven.
  secret_arns = concat(local.stored_arns, distinct([for secret in local.secrets : secret.arn if secret.optional && !secret.is_complete]))
}

################################################################################
# Keys
################################################################################

locals {
  # By service, Region and account, so that these stand there once: all up to the last colon. Public parameters are not
  # encrypted, and a secret that a parameter refers to is Secrets Manager's to decrypt.
  encrypted_by_owner = { for arn in distinct(concat(
    local.stored_arns,
    [for arn in local.parameter_arns : arn if !strcontains(arn, "::") && !strcontains(arn, ":parameter/aws/reference/secretsmanager/")],
    [for path in local.paths : "${trimsuffix(path.arn, "/")}/*" if !strcontains(path.arn, "::")],
  )) : regex("^.*:", arn) => arn... }
}

################################################################################
# Policy
################################################################################

locals {
  # Without Sids, which have to differ within a policy: the statements of several modules may go into one.
  read_statements = [for statement in [
    { Action = "secretsmanager:GetSecretValue", Resource = local.secret_arns },
    { Action = "ssm:GetParameters", Resource = local.parameter_arns },
    { Action = "ssm:GetParametersByPath", Resource = local.recursive_arns },
    {
      Action   = "ssm:GetParametersByPath"
      Resource = setsubtract(local.paths[*].arn, local.recursive_arns)
      # To IAM a negated condition is true where the request has no such key.
      Condition = { StringNotEquals = { "ssm:Recursive" = "true" } }
    },
  ] : merge({ Effect = "Allow" }, statement) if length(statement.Resource) > 0]

  # Only through the service, and only for what it decrypts: the account's, and there these names.
  decrypt_statements = [for owner, arns in local.encrypted_by_owner : {
    Effect   = "Allow"
    Action   = "kms:Decrypt"
    Resource = var.kms_key_arns
    Condition = {
      StringEquals = { "kms:ViaService" = "${split(":", owner)[2]}.${split(":", owner)[3]}.${local.aws.dns_suffix}" }
      ArnLike      = { "kms:EncryptionContext:${split(":", owner)[2] == "ssm" ? "PARAMETER_ARN" : "SecretARN"}" = "${owner}*" }
      StringLike   = { "kms:EncryptionContext:${split(":", owner)[2] == "ssm" ? "PARAMETER_ARN" : "SecretARN"}" = [for arn in arns : "*:${trimprefix(arn, owner)}"] }
    }
  } if length(var.kms_key_arns) > 0]

  # By the number of entries, which is known at plan.
  has_policy        = length(local.references) > 0
  policy_statements = concat(local.read_statements, local.decrypt_statements)
  policy_json       = local.has_policy ? jsonencode({ Version = "2012-10-17", Statement = local.policy_statements }) : null
  # jsonencode writes no white space, which IAM would not count.
  policy_size = length(coalesce(local.policy_json, "-"))
}

locals {
  attaches_policy = var.create && (var.attach_policy != null ? var.attach_policy : var.role_name != null)
}

resource "aws_iam_role_policy" "this" {
  count = local.attaches_policy && local.has_policy ? 1 : 0

  # With one name, two modules on one role would replace each other's policy.
  name_prefix = "${var.name}-"
  role        = var.role_name
  policy      = local.policy_json

  lifecycle {
    # Renamed, the policy is another one: without both for a moment, starts would be denied.
    create_before_destroy = true
  }
}
