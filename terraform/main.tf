data "aws_partition" "current" {
  count = var.create ? 1 : 0
}

data "aws_region" "current" {
  count = var.create ? 1 : 0
}

data "aws_caller_identity" "current" {
  count = var.create ? 1 : 0
}

locals {
  partition  = try(data.aws_partition.current[0].partition, "")
  dns_suffix = try(data.aws_partition.current[0].dns_suffix, "")
  # Its `name` in version 5 of the provider is `region` in version 6.
  region  = try(data.aws_region.current[0].id, "")
  account = try(data.aws_caller_identity.current[0].account_id, "")
}

################################################################################
# Secrets
################################################################################

module "references" {
  source = "./modules/references"

  secrets = var.secrets
}

locals {
  references = [for reference in values(module.references.references) : reference if var.create]

  environment_variables = merge(
    var.environment_variables,
    !var.create ? {} : var.secrets_file == null ? { SECRETS = jsonencode(var.secrets) } : { SECRETS_FILE = var.secrets_file },
    # An image names its wrapper itself.
    !var.create || var.package_type == "Image" ? {} : { AWS_LAMBDA_EXEC_WRAPPER = "/opt/wrapper" },
  )

  twice = setintersection(keys(module.references.references), nonsensitive(keys(var.environment_variables)))

  # Lambda measures all variables as one JSON object, in bytes: what base64 has four characters for three of.
  environment_size = nonsensitive(floor(length(replace(base64encode(local.environment_json), "=", "")) * 3 / 4))
  # Terraform alone escapes <, > and &. A backslash, which is two here, might be taken for the beginning of that.
  environment_json = replace(replace(jsonencode(local.environment_variables), "\\\\", "--"), "/\\\\u00(?:3c|3e|26)/", "-")
}

################################################################################
# Layer
################################################################################

resource "aws_lambda_layer_version" "this" {
  count = local.has_layer && var.layer_zip != null ? 1 : 0

  layer_name               = var.name
  description              = "Secrets in the environment of a function's runtime"
  filename                 = var.layer_zip
  source_code_hash         = filebase64sha256(var.layer_zip)
  compatible_architectures = [var.architecture]
  license_info             = "MIT"

  # Functions, and published versions of them, go on using the old one.
  skip_destroy = true
}

locals {
  layer_version_arn = "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[\\w-]+:[0-9]+$"

  has_layer = var.create && var.package_type == "Zip"
  layer_arn = !local.has_layer ? null : try(
    aws_lambda_layer_version.this[0].arn,
    coalesce(var.layer_arn, lookup(var.layer_arns, var.architecture, null)),
    null,
  )
}

################################################################################
# Permission
################################################################################

locals {
  secret_ids    = distinct([for reference in local.references : reference.id if reference.source == "secret"])
  parameter_ids = distinct([for reference in local.references : reference.id if reference.source == "parameter"])
  path_ids      = distinct([for reference in local.references : reference.id if reference.source == "path"])

  # Six characters that AWS has added end a secret's ARN; `-*` would match the names that begin the same, too.
  secret_arns = [for id in local.secret_ids : !startswith(id, "arn:")
    ? "arn:${local.partition}:secretsmanager:${local.region}:${local.account}:secret:${id}-??????"
    : can(regex("-[A-Za-z0-9]{6}$", id)) ? id : "${id}-??????"
  ]
  # AWS's own public parameters are in no account.
  parameter_prefix = { for id in concat(local.parameter_ids, local.path_ids) :
    id => "arn:${local.partition}:ssm:${local.region}:${startswith(id, "/aws/service/") ? "" : local.account}:parameter/"
  }
  parameter_arns = [for id in local.parameter_ids :
    startswith(id, "arn:") ? id : "${local.parameter_prefix[id]}${trimprefix(id, "/")}"
  ]
  # GetParametersByPath is authorized on the path, and not on what is under it.
  path_arns  = [for id in local.path_ids : "${local.parameter_prefix[id]}${trim(id, "/")}"]
  under_path = [for id in local.path_ids : "${local.parameter_prefix[id]}${trimprefix(id, "/")}*"]

  read_statements = [for statement in [
    { Sid = "ReadSecrets", Action = "secretsmanager:GetSecretValue", Resource = local.secret_arns },
    { Sid = "ReadParameters", Action = "ssm:GetParameters", Resource = local.parameter_arns },
    { Sid = "ReadParametersByPath", Action = "ssm:GetParametersByPath", Resource = local.path_arns },
  ] : merge({ Effect = "Allow" }, statement) if length(statement.Resource) > 0]

  # Only through the service, and only for what it decrypts.
  decrypt_statements = [for statement in [
    {
      Sid     = "DecryptSecrets"
      service = "secretsmanager"
      context = "SecretARN"
      arns    = local.secret_arns
    },
    {
      Sid     = "DecryptParameters"
      service = "ssm"
      context = "PARAMETER_ARN"
      arns    = concat(local.parameter_arns, local.under_path)
    },
    ] : {
    Sid      = statement.Sid
    Effect   = "Allow"
    Action   = "kms:Decrypt"
    Resource = var.kms_key_arns
    Condition = {
      StringEquals = { "kms:ViaService" = distinct([for arn in statement.arns : "${statement.service}.${split(":", arn)[3]}.${local.dns_suffix}"]) }
      StringLike   = { "kms:EncryptionContext:${statement.context}" = statement.arns }
    }
  } if length(var.kms_key_arns) > 0 && length(statement.arns) > 0]

  policy_json = length(local.references) == 0 ? null : jsonencode({
    Version   = "2012-10-17"
    Statement = concat(local.read_statements, local.decrypt_statements)
  })
}

resource "aws_iam_role_policy" "this" {
  count = var.role_name != null && length(local.references) > 0 ? 1 : 0

  # With one name, two modules on one role would replace each other's policy.
  name_prefix = "${var.name}-"
  role        = var.role_name
  policy      = local.policy_json
}
