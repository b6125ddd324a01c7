resource "aws_kms_key" "this" {
  description             = "Encrypts the database's password"
  deletion_window_in_days = 7
}

resource "aws_secretsmanager_secret" "db" {
  name                    = "customer-managed-key/db"
  kms_key_id              = aws_kms_key.this.arn
  recovery_window_in_days = 0
}

# Write-only: the value goes to Secrets Manager, and neither into the plan nor into the state.
resource "aws_secretsmanager_secret_version" "db" {
  secret_id                = aws_secretsmanager_secret.db.id
  secret_string_wo         = var.db_password
  secret_string_wo_version = 1
}

module "secrets" {
  source = "../.."

  secrets      = { DB_PASSWORD = aws_secretsmanager_secret.db.arn }
  kms_key_arns = [aws_kms_key.this.arn]

  layer_zip = var.layer_zip
  role_name = aws_iam_role.this.name
}

resource "aws_lambda_function" "this" {
  function_name    = "customer-managed-key"
  role             = aws_iam_role.this.arn
  runtime          = "python3.13"
  handler          = "app.handler"
  filename         = "${path.module}/functions/python.zip"
  source_code_hash = filebase64sha256("${path.module}/functions/python.zip")
  layers           = module.secrets.layers

  environment {
    variables = module.secrets.environment_variables
  }
}

resource "aws_iam_role" "this" {
  name = "customer-managed-key"

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

# Without it, a failed start leaves no trace.
resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole"
}
