variable "create" {
  description = "Whether to create anything. If false, nothing is checked, the outputs are empty, and `environment_variables` is passed through"
  type        = bool
  default     = true
  nullable    = false
}

variable "label" {
  description = "What every message of the module begins with, such as the function's name: Terraform does not say which call a message is about. By default `role_name`, unless `attach_policy` is set"
  type        = string
  default     = null
}

variable "name" {
  description = "Prefix of the names of what the module creates: the layer of `layer_zip`, and the role's policy"
  type        = string
  default     = "secrets-wrapper"
  nullable    = false

  validation {
    # The provider allows a policy's prefix, which is one longer, 102.
    condition     = !var.create || can(regex("^[A-Za-z0-9_-]{1,101}$", var.name))
    error_message = "${local.prefix}name must have 1 to 101 letters, digits, hyphens and underscores: my-function-secrets."
  }
}

################################################################################
# Secrets
################################################################################

variable "secrets" {
  description = "The function's secrets, as in `SECRETS`: a map from variable to reference (a string, or an object with options), a list of references, or the `secrets` of an ECS task definition. Names and ARNs only, never a value"
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = !var.create || can(keys(var.secrets)) || can([for index, reference in var.secrets : index + 0])
    error_message = "${local.prefix}secrets must be a map from variable to reference, { DB_PASSWORD = \"prod/db:password\" }, or a list of references, [\"prod/app\"]. A set becomes a list with tolist()."
  }

  validation {
    condition     = !var.create || !issensitive(jsonencode(var.secrets))
    error_message = "${local.prefix}secrets contains a sensitive value. It takes names and ARNs of secrets, never their values. Wrap a name that Terraform marked sensitive in nonsensitive()."
  }
}

variable "secrets_file" {
  description = "Path, in the function's package, of a file with the same content as `secrets`, for more entries than fit into Lambda's 4 KB for all variables: `secrets = jsondecode(file(\"src/secrets.json\"))`, `secrets_file = \"secrets.json\"`"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.secrets_file == null || can(regex("\\.(?:json|ya?ml)$", var.secrets_file))
    error_message = "${local.prefix}secrets_file must be the path of a .json, .yaml or .yml file in the function's package."
  }

  validation {
    condition     = !var.create || var.secrets_file == null || length(var.secrets) > 0
    error_message = "${local.prefix}secrets must contain the content of secrets_file, for the policy: secrets = jsondecode(file(\"src/secrets.json\"))."
  }
}

variable "environment_variables" {
  description = "The function's other variables, and the wrapper's settings. The output `environment_variables` includes them; their names, the settings' values and Lambda's limit of 4 KB for all variables are checked at plan"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !var.create || length(setintersection(keys(var.environment_variables), ["SECRETS", "SECRETS_FILE"])) == 0
    error_message = "${local.prefix}environment_variables: SECRETS and SECRETS_FILE are set by this module. Use secrets for the entries and secrets_file for their file."
  }

  validation {
    # The wrapper of an image may be set here or in the image.
    condition     = !var.create || var.package_type == "Image" || !contains(keys(var.environment_variables), "AWS_LAMBDA_EXEC_WRAPPER")
    error_message = "${local.prefix}environment_variables: AWS_LAMBDA_EXEC_WRAPPER is set by this module. Set another wrapper in SECRETS_NEXT_WRAPPER."
  }
}

################################################################################
# Layer
################################################################################

variable "package_type" {
  description = "The function's package type: `Zip`, or `Image`, which contains the layer's content and takes no layers"
  type        = string
  default     = "Zip"
  nullable    = false

  validation {
    condition     = !var.create || contains(["Zip", "Image"], var.package_type)
    error_message = "${local.prefix}package_type must be \"Zip\" or \"Image\", the same as the function's."
  }
}

variable "architecture" {
  description = "The function's architecture: `x86_64` or `arm64`"
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = !var.create || contains(["x86_64", "arm64"], var.architecture)
    error_message = "${local.prefix}architecture must be \"x86_64\" or \"arm64\", the same as the function's."
  }
}

variable "live" {
  description = "Whether the function gets the layer with the live cache, which serves secrets that rotate: with `layer_arns`, the one of `live_x86_64` or `live_arm64`"
  type        = bool
  default     = false
  nullable    = false
}

variable "exec_wrapper" {
  description = "Whether the secrets are environment variables: if false, only the live cache has them"
  type        = bool
  default     = true
  nullable    = false

  validation {
    condition     = !var.create || var.exec_wrapper || var.live
    error_message = "${local.prefix}exec_wrapper = false needs live = true: the function would have its secrets nowhere."
  }
}

variable "layer_arn" {
  description = "ARN of an existing version of the layer"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.layer_arn == null || can(regex(local.layer_version_arn, var.layer_arn))
    error_message = "${local.prefix}layer_arn must be the ARN of a layer version, ending with the version number: arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7."
  }
}

variable "layer_zip" {
  description = "Path of the layer's zip to publish for this function alone. By default, if neither `layer_arn` nor `layer_arns` is set, the zip that comes with the module: in a release's `terraform-module.zip`, in the npm package, and in a checkout after `npm run build`"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.layer_zip == null || var.layer_arn == null
    error_message = "${local.prefix}layer_zip and layer_arn cannot be combined: publish a layer, or use an existing one."
  }

  validation {
    condition     = !var.create || var.layer_zip == null || fileexists(coalesce(var.layer_zip, "-"))
    error_message = "${local.prefix}layer_zip: the file does not exist. Build it with npm run build."
  }

  validation {
    condition     = !var.create || var.layer_zip == null || try(regex("-((?:live-)?(?:x86_64|arm64))\\.zip$", var.layer_zip)[0], replace(local.layer_key, "live_", "live-")) == replace(local.layer_key, "live_", "live-")
    error_message = "${local.prefix}layer_zip is another layer's than of \"${local.layer_key}\". Use the other zip, or set architecture and live as the zip is."
  }
}

variable "layer_arns" {
  description = "ARNs of layer versions by architecture, as `modules/layer` publishes them; used if neither `layer_arn` nor `layer_zip` is set"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !var.create || length(setsubtract(keys(var.layer_arns), ["x86_64", "arm64", "live_x86_64", "live_arm64"])) == 0
    error_message = "${local.prefix}layer_arns may only have the keys x86_64, arm64, live_x86_64 and live_arm64."
  }

  validation {
    condition     = !var.create || alltrue([for arn in values(var.layer_arns) : can(regex(local.layer_version_arn, arn))])
    error_message = "${local.prefix}layer_arns must contain ARNs of layer versions, ending with the version number: arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7."
  }
}

################################################################################
# Permission
################################################################################

variable "role_name" {
  description = "Name of the function's role, to attach the policy to it; otherwise attach `policy_json` yourself. If it is known only after apply, set `attach_policy`"
  type        = string
  default     = null
}

variable "attach_policy" {
  description = "Whether to attach the policy to `role_name`. By default, if `role_name` is set"
  type        = bool
  default     = null

  validation {
    condition = !var.create || var.attach_policy != true || var.role_name != null
    # Not local.prefix, which depends on this variable.
    error_message = "${var.label == null ? "" : "${var.label}: "}attach_policy needs role_name, the name of the function's role."
  }
}

variable "kms_key_arns" {
  description = "ARNs of the customer managed keys, if any, that encrypt the secrets and parameters"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = !var.create || alltrue([for arn in var.kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[\\w-]+$", arn))])
    error_message = "${local.prefix}kms_key_arns must contain ARNs of keys: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab. IAM does not accept aliases; the ARN of an alias's key is aws_kms_alias.….target_key_arn."
  }
}

variable "region" {
  description = "Region of secrets and parameters that are given by name; otherwise the provider's, from a data source. Must be known at plan, as the next two"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.region == null || can(regex("^[a-z]+(?:-[a-z]+)+-[0-9]+$", var.region))
    error_message = "${local.prefix}region must be the name of a Region: eu-west-1."
  }
}

variable "account_id" {
  description = "Account of secrets and parameters that are given by name; otherwise the provider's, from a data source"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.account_id == null || can(regex("^[0-9]{12}$", var.account_id))
    error_message = "${local.prefix}account_id must be an account's number of 12 digits, as a string: \"111122223333\"."
  }
}

variable "partition" {
  description = "Partition of the account, such as `aws` or `aws-cn`; otherwise the provider's, from a data source"
  type        = string
  default     = null

  validation {
    condition     = !var.create || var.partition == null || contains(keys(local.dns_suffixes), coalesce(var.partition, "-"))
    error_message = "${local.prefix}partition must be one of ${join(", ", keys(local.dns_suffixes))}."
  }
}
