variable "layer_zip" {
  description = "Path of the layer's zip"
  type        = string
  default     = "../../../dist/secrets-wrapper-x86_64.zip"
}

variable "live_layer_zip" {
  description = "Path of the zip of the layer with the live cache"
  type        = string
  default     = "../../../dist/secrets-wrapper-live-x86_64.zip"
}
