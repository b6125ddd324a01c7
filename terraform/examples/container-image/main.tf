resource "aws_ecr_repository" "this" {
  name         = "container-image"
  force_delete = true
}

# The image has the layer's content in /opt, and names the wrapper itself: see Dockerfile.
module "secrets" {
  source = "../.."

  secrets      = { API_TOKEN = "container-image/api-token" }
  package_type = "Image"
  role_name    = aws_iam_role.this.name
}

resource "aws_lambda_function" "this" {
  function_name = "container-image"
  role          = aws_iam_role.this.arn
  package_type  = "Image"
  image_uri     = "${aws_ecr_repository.this.repository_url}@${var.image_digest}"

  image_config {
    command = ["app.handler"]
  }

  environment {
    variables = module.secrets.environment_variables
  }
}

resource "aws_iam_role" "this" {
  name = "container-image"

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
