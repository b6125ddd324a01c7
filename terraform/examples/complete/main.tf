# The secrets themselves: their values are put in by whoever has them, and never pass through Terraform.
resource "aws_secretsmanager_secret" "db" {
  name                    = "complete/db"
  recovery_window_in_days = 0
}

resource "aws_secretsmanager_secret" "api_token" {
  name                    = "complete/api-token"
  recovery_window_in_days = 0
}

resource "aws_ssm_parameter" "log_level" {
  name  = "/complete/log-level"
  type  = "String"
  value = "debug"
}

################################################################################
# The layer, for all functions of the account in this Region
################################################################################

module "layer" {
  source = "../../modules/layer"

  zips = {
    x86_64      = var.layer_zip
    live_x86_64 = var.live_layer_zip
  }
}

################################################################################
# A function in Python: text, JSON key and parameter
################################################################################

module "python_secrets" {
  source = "../.."

  secrets = {
    API_TOKEN   = aws_secretsmanager_secret.api_token.arn
    DB_PASSWORD = "complete/db:password"
    LOG_LEVEL   = "ssm:${aws_ssm_parameter.log_level.name}"
  }
  environment_variables = { STAGE = "test" }

  layer_arns = module.layer.layer_arns
  role_name  = aws_iam_role.python.name
}

resource "aws_lambda_function" "python" {
  function_name    = "complete-python"
  role             = aws_iam_role.python.arn
  runtime          = "python3.13"
  handler          = "app.handler"
  filename         = "${path.module}/functions/python.zip"
  source_code_hash = filebase64sha256("${path.module}/functions/python.zip")
  layers           = module.python_secrets.layers

  environment {
    variables = module.python_secrets.environment_variables
  }
}

resource "aws_iam_role" "python" {
  name               = "complete-python"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy_attachment" "python_logs" {
  role       = aws_iam_role.python.name
  policy_arn = local.write_logs
}

################################################################################
# A function in Node.js: every key of a secret that rotates, from the live cache as well; a policy of one's own
################################################################################

module "node_secrets" {
  source = "../.."

  secrets = {
    "DB_*"    = aws_secretsmanager_secret.db.arn
    API_TOKEN = { secret = "complete/api-token", optional = true }
  }
  environment_variables = { STAGE = "test", SECRETS_TTL = "60" }

  layer_arns = module.layer.layer_arns
  live       = true
}

resource "aws_lambda_function" "node" {
  function_name    = "complete-node"
  role             = aws_iam_role.node.arn
  runtime          = "nodejs22.x"
  handler          = "index.handler"
  filename         = "${path.module}/functions/node.zip"
  source_code_hash = filebase64sha256("${path.module}/functions/node.zip")
  layers           = module.node_secrets.layers

  environment {
    variables = module.node_secrets.environment_variables
  }

  depends_on = [aws_iam_role_policy.node]
}

resource "aws_iam_role" "node" {
  name               = "complete-node"
  assume_role_policy = local.assume_role_policy
}

resource "aws_iam_role_policy_attachment" "node_logs" {
  role       = aws_iam_role.node.name
  policy_arn = local.write_logs
}

resource "aws_iam_role_policy" "node" {
  name   = "secrets"
  role   = aws_iam_role.node.id
  policy = module.node_secrets.policy_json
}

################################################################################
# Nothing
################################################################################

module "no_secrets" {
  source = "../.."

  create = false
}

locals {
  # Without it, a failed start leaves no trace.
  write_logs = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}
