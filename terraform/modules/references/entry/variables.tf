variable "subject" {
  description = "The variable or wildcard, or `SECRETS[0]` in a list"
  type        = string
}

variable "value" {
  description = "A reference, or an object with options"
  type        = any
}

variable "in_list" {
  description = "Whether `secrets` is a list"
  type        = bool
}
