# Values are write-only: neither the plan nor the state has one.

resource "aws_kms_key" "this" {
  description             = "${var.name}: encrypts a secret and a parameter"
  deletion_window_in_days = 7
}

resource "aws_secretsmanager_secret" "this" {
  for_each = toset(["text", "db", "encrypted"])

  name                    = "${var.name}/${each.key}"
  kms_key_id              = each.key == "encrypted" ? aws_kms_key.this.arn : null
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret_version" "text" {
  for_each = toset(["text", "encrypted"])

  secret_id                = aws_secretsmanager_secret.this[each.key].id
  secret_string_wo         = var.values[each.key]
  secret_string_wo_version = 1
}

resource "aws_secretsmanager_secret_version" "db" {
  secret_id                = aws_secretsmanager_secret.this["db"].id
  secret_string_wo         = jsonencode({ user = "ann", password = var.values.password })
  secret_string_wo_version = 1
}

resource "aws_ssm_parameter" "this" {
  for_each = {
    "parameter" = { type = "String", value = "parameter" }
    "secure"    = { type = "SecureString", value = "secure" }
    "app/level" = { type = "String", value = "level" }
  }

  name             = "/${var.name}/${each.key}"
  type             = each.value.type
  key_id           = each.value.type == "SecureString" ? aws_kms_key.this.arn : null
  value_wo         = var.values[each.value.value]
  value_wo_version = 1
}

# EventBridge keeps the connection's credentials in a secret of its own: events!connection/…
resource "aws_cloudwatch_event_connection" "this" {
  name               = var.name
  authorization_type = "API_KEY"

  auth_parameters {
    api_key {
      key = "x-api-key"
      # No secret: the argument cannot be write-only.
      value = "acceptance"
    }
  }
}

module "secrets" {
  source = "../../terraform"

  secrets = {
    TEXT        = "${var.name}/text"
    DB_PASSWORD = "${var.name}/db:password"
    BY_ARN      = "${aws_secretsmanager_secret.this["db"].arn}:user"
    ENCRYPTED   = "${var.name}/encrypted"
    PARAMETER   = "ssm:/${var.name}/parameter"
    SECURE      = "ssm:/${var.name}/secure"
    "APP_*"     = "ssm:/${var.name}/app/"
    MISSING     = { secret = "${var.name}/missing", optional = true }
    MANAGED     = aws_cloudwatch_event_connection.this.secret_arn
  }
  environment_variables = { NAMES = "TEXT DB_PASSWORD BY_ARN ENCRYPTED PARAMETER SECURE APP_LEVEL MISSING MANAGED" }

  kms_key_arns = [aws_kms_key.this.arn]
  layer_arns   = module.layer.layer_arns
  role_name    = aws_iam_role.this.name
}

module "layer" {
  source = "../../terraform/modules/layer"

  name = var.name
  zips = var.layer_zips
}
