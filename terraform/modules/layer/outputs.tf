output "layer_arns" {
  description = "ARNs of the layer's versions by the keys of `zips`, as `layer_arns` of the module takes them"
  value       = tomap({ for architecture, layer in aws_lambda_layer_version.this : architecture => layer.arn })

  # Whoever reads an ARN may use it.
  depends_on = [aws_lambda_layer_version_permission.organization]
}
