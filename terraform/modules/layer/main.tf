locals {
  # Beside the module in a release's archive; in dist in the npm package and in a checkout.
  own_zips = merge([for folder in ["${path.module}/../../../dist", "${path.module}/../.."] : {
    for zip in fileset(folder, "secrets-wrapper-*.zip") :
    replace(trimsuffix(trimprefix(zip, "secrets-wrapper-"), ".zip"), "live-", "live_") => "${folder}/${zip}"
  }]...)
  zips = var.zips != null ? var.zips : local.own_zips
}

resource "aws_lambda_layer_version" "this" {
  for_each = local.zips

  layer_name               = "${var.name}-${replace(each.key, "live_", "live-")}"
  description              = "secrets-wrapper 0.1.0: secrets in the environment of a function's runtime"
  filename                 = each.value
  source_code_hash         = filebase64sha256(each.value)
  compatible_architectures = [trimprefix(each.key, "live_")]
  license_info             = "MIT"

  # Functions, and published versions of them, go on using the old one.
  skip_destroy = true
}

resource "aws_lambda_layer_version_permission" "organization" {
  for_each = var.organization_id == null ? {} : aws_lambda_layer_version.this

  layer_name      = each.value.layer_arn
  version_number  = each.value.version
  statement_id    = "organization"
  action          = "lambda:GetLayerVersion"
  principal       = "*"
  organization_id = var.organization_id

  # Of an old version, too: a function in another account that has it could not be updated.
  skip_destroy = true
}
