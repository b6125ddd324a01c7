variable "create" {
  description = "Whether anything is made; if not, the outputs are empty, and `environment_variables` passes through"
  type        = bool
  default     = true
  nullable    = false
}

variable "name" {
  description = "Name of the layer that the module makes, and the beginning of that of the role's policy"
  type        = string
  default     = "secrets-wrapper"
  nullable    = false
}

################################################################################
# Secrets
################################################################################

variable "secrets" {
  description = "What the function finds in its environment, as in `SECRETS`: a map from variable to reference (a string, or an object with options), or a list of references. Names and ARNs only, never a value"
  type        = any
  default     = {}
  nullable    = false

  validation {
    condition     = can(keys(var.secrets)) || can([for index, reference in var.secrets : index + 0])
    error_message = "secrets must be a map from variable to reference, { DB_PASSWORD = \"prod/db:password\" }, or a list of references, [\"prod/app\"]. A set becomes a list with tolist()."
  }

  validation {
    condition     = !issensitive(jsonencode(var.secrets))
    error_message = "secrets holds something sensitive. It takes the names and ARNs of secrets, never their values; what is but a name goes into nonsensitive()."
  }
}

variable "secrets_file" {
  description = "Path, within the function's package, of a file that holds the same as `secrets`, where Lambda's 4 KB for all variables are too small: `secrets = jsondecode(file(\"src/secrets.json\"))`, `secrets_file = \"secrets.json\"`"
  type        = string
  default     = null

  validation {
    condition     = var.secrets_file == null || can(regex("\\.(?:json|ya?ml)$", var.secrets_file))
    error_message = "secrets_file must be the path of a .json, .yaml or .yml file, as it is in the function's package."
  }

  validation {
    condition     = var.secrets_file == null || length(var.secrets) > 0
    error_message = "secrets_file needs its content in secrets as well, for the permission: secrets = jsondecode(file(\"src/secrets.json\"))."
  }
}

variable "environment_variables" {
  description = "The function's other variables: they come out of `environment_variables` again, and count towards Lambda's limit of 4 KB for all of them"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = !var.create || length(setintersection(keys(var.environment_variables), ["SECRETS", "SECRETS_FILE"])) == 0
    error_message = "environment_variables: SECRETS and SECRETS_FILE are set by this module. Put entries into secrets, and the name of their file into secrets_file."
  }

  validation {
    # An image's own wrapper may be named here as well as in the image.
    condition     = !var.create || var.package_type == "Image" || !contains(keys(var.environment_variables), "AWS_LAMBDA_EXEC_WRAPPER")
    error_message = "environment_variables: AWS_LAMBDA_EXEC_WRAPPER is set by this module. Name another wrapper in SECRETS_NEXT_WRAPPER."
  }
}

################################################################################
# Layer
################################################################################

variable "package_type" {
  description = "The function's: `Zip`, or `Image`, which has the layer's content in it and takes no layers"
  type        = string
  default     = "Zip"
  nullable    = false

  validation {
    condition     = contains(["Zip", "Image"], var.package_type)
    error_message = "package_type must be \"Zip\" or \"Image\", as the function's."
  }
}

variable "architecture" {
  description = "The function's: `x86_64` or `arm64`"
  type        = string
  default     = "x86_64"
  nullable    = false

  validation {
    condition     = contains(["x86_64", "arm64"], var.architecture)
    error_message = "architecture must be \"x86_64\" or \"arm64\", as the function's."
  }
}

variable "layer_arn" {
  description = "ARN of a version of the layer that is there already"
  type        = string
  default     = null

  validation {
    condition     = var.layer_arn == null || can(regex(local.layer_version_arn, var.layer_arn))
    error_message = "layer_arn must be the ARN of a layer's version, with the version's number at its end: arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7."
  }
}

variable "layer_zip" {
  description = "Path of the layer's zip, as `npm run build` makes it, to publish"
  type        = string
  default     = null

  validation {
    condition     = var.layer_zip == null || var.layer_arn == null
    error_message = "layer_zip and layer_arn exclude each other: publish a layer, or use one that is there."
  }

  validation {
    condition     = !var.create || var.layer_zip == null || fileexists(coalesce(var.layer_zip, "-"))
    error_message = "layer_zip: there is no such file. Make it with npm run build, or name the one of a release."
  }

  validation {
    condition     = var.layer_zip == null || !endswith(coalesce(var.layer_zip, "-"), var.architecture == "arm64" ? "-x86_64.zip" : "-arm64.zip")
    error_message = "layer_zip is for another architecture than \"${var.architecture}\". Give the other zip, or set architecture to the function's."
  }
}

variable "layer_arns" {
  description = "ARNs of the layer's versions by architecture, to choose from where neither `layer_arn` nor `layer_zip` is given: for a wrapper of this module that knows where a company's layers are"
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = length(setsubtract(keys(var.layer_arns), ["x86_64", "arm64"])) == 0
    error_message = "layer_arns has the keys x86_64 and arm64."
  }

  validation {
    condition     = alltrue([for arn in values(var.layer_arns) : can(regex(local.layer_version_arn, arn))])
    error_message = "layer_arns must hold ARNs of a layer's versions, with the version's number at the end: arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7."
  }
}

################################################################################
# Permission
################################################################################

variable "role_name" {
  description = "Name of the function's role, to give it the policy; otherwise attach `policy_json` yourself. It must be known at plan"
  type        = string
  default     = null
}

variable "kms_key_arns" {
  description = "ARNs of the keys that encrypt the secrets and parameters, where they are not `aws/secretsmanager` and `aws/ssm`"
  type        = list(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for arn in var.kms_key_arns : can(regex("^arn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[\\w-]+$", arn))])
    error_message = "kms_key_arns must hold ARNs of keys: arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab. An alias is no key to IAM; its key's ARN is aws_kms_alias.….target_key_arn."
  }
}
