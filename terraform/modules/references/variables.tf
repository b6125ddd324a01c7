variable "secrets" {
  description = "The content of SECRETS: a map from variable to reference, or a list of references"
  type        = any

  validation {
    condition     = can([for key, value in var.secrets : value])
    error_message = "SECRETS: it is neither an object nor a list. Write for example {\"DB_PASSWORD\": \"prod/db:password\"} or [\"prod/app\"]. [InvalidJson]"
  }
}
