variable "layer_zip" {
  description = "Path of the layer's zip"
  type        = string
  default     = "../../../dist/secrets-wrapper-x86_64.zip"
}
