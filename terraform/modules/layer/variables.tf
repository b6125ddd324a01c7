variable "zips" {
  description = "Paths of the layer's zips to publish, by architecture: `x86_64` and `arm64`, and of the layer with the live cache `live_x86_64` and `live_arm64`. By default the zips that come with the module: in a release's `terraform-module.zip`, in the npm package, and in a checkout after `npm run build`"
  type        = map(string)
  default     = null

  validation {
    condition     = var.zips != null || length(local.own_zips) > 0
    error_message = "zips: no zips come with this copy of the module. Set zips, or take the module from a release's terraform-module.zip or from the npm package; in a checkout, npm run build makes them."
  }

  validation {
    condition     = var.zips == null || length(coalesce(var.zips, {})) > 0 && length(setsubtract(keys(coalesce(var.zips, {})), ["x86_64", "arm64", "live_x86_64", "live_arm64"])) == 0
    error_message = "zips must have one or more of the keys x86_64, arm64, live_x86_64 and live_arm64."
  }

  validation {
    condition     = alltrue([for zip in values(coalesce(var.zips, {})) : zip != null && fileexists(coalesce(zip, "-"))])
    error_message = "zips: there is no file ${join(", ", [for zip in values(coalesce(var.zips, {})) : coalesce(zip, "null") if zip == null || !fileexists(coalesce(zip, "-"))])}. Build it with npm run build."
  }

  validation {
    condition = alltrue([for key, zip in coalesce(var.zips, {}) :
      try(regex("-((?:live-)?(?:x86_64|arm64))\\.zip$", zip)[0], replace(key, "live_", "live-")) == replace(key, "live_", "live-")
    ])
    error_message = "zips: a zip is for another architecture than its key, or one of the two is of the layer with the live cache."
  }
}

variable "name" {
  description = "Prefix of the layers' names, which end in the architecture: `secrets-wrapper-x86_64`, `secrets-wrapper-live-x86_64`"
  type        = string
  default     = "secrets-wrapper"
  nullable    = false

  validation {
    condition     = can(regex("^[\\w-]{1,100}$", var.name))
    error_message = "name must be 1 to 100 letters, digits, hyphens and underscores, which Lambda allows in a layer's name."
  }
}

variable "organization_id" {
  description = "ID of the organization in AWS Organizations whose accounts may use the layers, such as `o-a1b2c3d4e5`; otherwise only this account may"
  type        = string
  default     = null

  validation {
    condition     = var.organization_id == null || can(regex("^o-[a-z0-9]{10,32}$", var.organization_id))
    error_message = "organization_id must be the ID of an organization: o-a1b2c3d4e5."
  }
}
