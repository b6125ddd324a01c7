locals {
  architectures = keys(var.layer_zips)

  runtimes = {
    "dotnet8"         = { package = "dotnet", handler = "Acceptance::Acceptance.Function::Handle" }
    "java21"          = { package = "java", handler = "Handler::handleRequest" }
    "nodejs22.x"      = { package = "nodejs", handler = "index.handler" }
    "provided.al2023" = { package = "provided", handler = "app" }
    "python3.13"      = { package = "python", handler = "app.handler" }
    "ruby3.4"         = { package = "ruby", handler = "app.handler" }
  }
  deployed   = { for name, runtime in local.runtimes : name => runtime if contains(keys(var.packages), runtime.package) }
  snap_start = ["java21", "python3.13"]
  measured   = "nodejs22.x"

  # Of each function: what it is for (`values`, `no-route` or `init`), and how it is made.
  functions = merge(
    { for pair in setproduct(keys(local.deployed), local.architectures) : "${pair[0]}-${pair[1]}" => {
      use = "values", runtime = pair[0], architecture = pair[1], memory = 512, layer = true, snap_start = false
    } },
    { for pair in setproduct(setintersection(local.snap_start, keys(local.deployed)), local.architectures) : "${pair[0]}-snapstart-${pair[1]}" => {
      use = "values", runtime = pair[0], architecture = pair[1], memory = 512, layer = true, snap_start = true
    } },
    { for architecture in local.architectures : "no-route-${architecture}" => {
      use = "no-route", runtime = local.measured, architecture = architecture, memory = 512, layer = true, snap_start = false
    } },
    { for set in setproduct(local.architectures, var.memory_sizes, [true, false]) : "init-${set[1]}-${set[2] ? "with" : "without"}-${set[0]}" => {
      use = "init", runtime = local.measured, architecture = set[0], memory = set[1], layer = set[2], snap_start = false
    } },
  )
}

resource "aws_lambda_function" "this" {
  for_each = local.functions

  function_name    = "${var.name}-${replace(each.key, ".", "-")}"
  role             = aws_iam_role.this.arn
  runtime          = each.value.runtime
  handler          = local.runtimes[each.value.runtime].handler
  filename         = var.packages[local.runtimes[each.value.runtime].package]
  source_code_hash = filebase64sha256(var.packages[local.runtimes[each.value.runtime].package])
  architectures    = [each.value.architecture]
  memory_size      = each.value.memory
  timeout          = 30
  publish          = each.value.snap_start
  layers           = each.value.layer ? [module.layer.layer_arns[each.value.architecture]] : []

  environment {
    variables = merge(
      each.value.layer ? module.secrets.environment_variables : { NAMES = module.secrets.environment_variables.NAMES },
      each.value.snap_start ? { SECRETS_SNAPSTART = "allow" } : {},
    )
  }

  dynamic "snap_start" {
    for_each = each.value.snap_start ? ["PublishedVersions"] : []
    content {
      apply_on = snap_start.value
    }
  }

  dynamic "vpc_config" {
    for_each = each.value.use == "no-route" ? [aws_subnet.this.id] : []
    content {
      subnet_ids         = [vpc_config.value]
      security_group_ids = [aws_security_group.this.id]
    }
  }

  # Under SnapStart init runs when the version is published: it needs values and permission by then.
  depends_on = [
    aws_cloudwatch_log_group.this,
    aws_iam_role_policy_attachment.this,
    aws_secretsmanager_secret_version.db,
    aws_secretsmanager_secret_version.text,
    aws_ssm_parameter.this,
    module.secrets,
  ]
}

resource "aws_lambda_function" "image" {
  for_each = var.image_uris

  function_name = "${var.name}-image-${each.key}"
  role          = aws_iam_role.this.arn
  package_type  = "Image"
  image_uri     = each.value
  architectures = [each.key]
  memory_size   = 512
  timeout       = 30

  environment {
    variables = module.secrets.environment_variables
  }

  depends_on = [aws_cloudwatch_log_group.this, aws_iam_role_policy_attachment.this, module.secrets]
}

# The images are pushed between this and the functions that have them.
resource "aws_ecr_repository" "this" {
  name         = var.name
  force_delete = true
}

# Lambda would make them itself, and leave them.
resource "aws_cloudwatch_log_group" "this" {
  for_each = toset([for name in concat(keys(local.functions), [for architecture in keys(var.image_uris) : "image-${architecture}"]) : replace(name, ".", "-")])

  name              = "/aws/lambda/${var.name}-${each.key}"
  retention_in_days = 1
}

resource "aws_iam_role" "this" {
  name = var.name

  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "sts:AssumeRole"
      Principal = { Service = "lambda.amazonaws.com" }
    }]
  })
}

# For logs, and for the network interfaces of functions in the VPC.
resource "aws_iam_role_policy_attachment" "this" {
  role       = aws_iam_role.this.name
  policy_arn = "arn:aws:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole"
}

# No gateway and no endpoint: nothing can be reached from it.
resource "aws_vpc" "this" {
  cidr_block = "10.0.0.0/24"
}

resource "aws_subnet" "this" {
  vpc_id     = aws_vpc.this.id
  cidr_block = "10.0.0.0/24"
}

resource "aws_security_group" "this" {
  name_prefix = var.name
  vpc_id      = aws_vpc.this.id

  egress {
    protocol    = "-1"
    from_port   = 0
    to_port     = 0
    cidr_blocks = ["0.0.0.0/0"]
  }
}
