variable "secrets" {
  description = "The content of SECRETS: a map from variable to reference, a list of references, or a list of objects with `name` and `valueFrom`"
  type        = any

  validation {
    condition     = can([for key, value in var.secrets : value])
    error_message = "${local.prefix}SECRETS: ${local.grammar.faults.secrets.causes.neitherObjectNorList}. ${local.grammar.faults.secrets.remedy} [${local.grammar.faults.secrets.code}]"
  }
}

variable "label" {
  description = "What every message begins with, if anything"
  type        = string
  default     = null
}
