variable "layer_zip" {
  description = "Path of the layer's zip"
  type        = string
  default     = "../../../dist/secrets-wrapper-x86_64.zip"
}

variable "db_password" {
  description = "The value to store; raise `secret_string_wo_version` to store another"
  type        = string
  ephemeral   = true
}
