# A data source is read at apply where the module depends on what changes: an input in its place is known at plan.

data "aws_partition" "current" {
  count = var.create && var.partition == null ? 1 : 0
}

data "aws_region" "current" {
  count = var.create && var.region == null ? 1 : 0
}

data "aws_caller_identity" "current" {
  count = var.create && var.account_id == null ? 1 : 0
}

locals {
  # Of services' names in kms:ViaService, by partition.
  dns_suffixes = {
    aws        = "amazonaws.com"
    aws-cn     = "amazonaws.com.cn"
    aws-eusc   = "amazonaws.eu"
    aws-iso    = "c2s.ic.gov"
    aws-iso-b  = "sc2s.sgov.gov"
    aws-iso-e  = "cloud.adc-e.uk"
    aws-iso-f  = "csp.hci.ic.gov"
    aws-us-gov = "amazonaws.com"
  }

  # A Region's `name` in version 5 of the provider is `region` in version 6.
  aws = {
    partition  = var.partition != null ? var.partition : try(data.aws_partition.current[0].partition, "")
    dns_suffix = var.partition != null ? lookup(local.dns_suffixes, var.partition, "") : try(data.aws_partition.current[0].dns_suffix, "")
    region     = var.region != null ? var.region : try(data.aws_region.current[0].id, "")
    account    = var.account_id != null ? var.account_id : try(data.aws_caller_identity.current[0].account_id, "")
  }
}

################################################################################
# Variables
################################################################################

locals {
  # Terraform names no module call in a message. With attach_policy, the role's name may not be known at plan.
  label  = var.label != null ? var.label : var.attach_policy == null ? var.role_name : null
  prefix = local.label == null ? "" : "${local.label}: "

  environment_variables = merge(
    var.environment_variables,
    !var.create ? {} : var.secrets_file == null ? { SECRETS = jsonencode(local.entries) } : { SECRETS_FILE = var.secrets_file },
    # An image names its wrapper itself.
    !var.create || var.package_type == "Image" || !var.exec_wrapper ? {} : { AWS_LAMBDA_EXEC_WRAPPER = "/opt/wrapper" },
  )

  # Lambda measures all variables as one JSON object, in bytes: what base64 has four characters for three of.
  # Terraform alone escapes <, > and &. A backslash, which is two here, might be taken for the beginning of that.
  environment_size = nonsensitive(floor(length(replace(base64encode(
    replace(replace(jsonencode(local.environment_variables), "\\\\", "--"), "/\\\\u00(?:3c|3e|26)/", "-")
  ), "=", "")) * 3 / 4))
}

################################################################################
# Layer
################################################################################

module "layer" {
  source = "./modules/layer"
  count  = local.has_layer && local.layer_zip != null ? 1 : 0

  zips = { (local.layer_key) = local.layer_zip }
  name = var.name
}

locals {
  layer_version_arn = "^arn:aws[a-z-]*:lambda:[a-z0-9-]+:[0-9]{12}:layer:[\\w-]+:[0-9]+$"

  has_layer = var.create && var.package_type == "Zip"
  layer_key = "${var.live ? "live_" : ""}${var.architecture}"

  # Beside the module in a release's archive; in dist in the npm package and in a checkout.
  own_zips = [for folder in [path.module, "${path.module}/../dist"] :
    "${folder}/secrets-wrapper-${replace(local.layer_key, "live_", "live-")}.zip"
  ]
  # An ARN that is known only after apply is given, too: the conversion fails only for what is known to be missing.
  has_arn   = can(length([tonumber(var.layer_arn == null && length(var.layer_arns) == 0 ? "none" : "0")]))
  layer_zip = var.layer_zip != null || local.has_arn ? var.layer_zip : try([for zip in local.own_zips : zip if fileexists(zip)][0], null)
  layer_arn = !local.has_layer ? null : try(
    module.layer[0].layer_arns[local.layer_key],
    coalesce(var.layer_arn, lookup(var.layer_arns, local.layer_key, null)),
    null,
  )
}
