output "functions" {
  description = "All functions, by what they are called in the report"
  value = merge(
    { for name, function in local.functions : name => merge(function, {
      function  = aws_lambda_function.this[name].function_name
      qualifier = function.snap_start ? aws_lambda_function.this[name].version : "$LATEST"
    }) },
    { for architecture, uri in var.image_uris : "image-${architecture}" => {
      use          = "values"
      runtime      = "image"
      architecture = architecture
      memory       = 512
      layer        = true
      snap_start   = false
      function     = aws_lambda_function.image[architecture].function_name
      qualifier    = "$LATEST"
    } },
  )
}

output "managed_secret" {
  description = "ARN of the connection's secret, which EventBridge manages"
  value       = aws_cloudwatch_event_connection.this.secret_arn
}

output "repository_url" {
  description = "Where the images are pushed"
  value       = aws_ecr_repository.this.repository_url
}
