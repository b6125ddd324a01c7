variable "subject" {
  description = "The variable or wildcard, or `SECRETS[0]` in a list of references"
  type        = string
}

variable "value" {
  description = "A reference, an object with options, or an object with `name` and `valueFrom`"
  type        = any
}

variable "in_list" {
  description = "Whether `secrets` is a list of references"
  type        = bool
}

variable "is_ecs" {
  description = "Whether `secrets` is a list as in an ECS task definition"
  type        = bool
}

variable "is_repeated" {
  description = "Whether another entry has the same name"
  type        = bool
}

variable "label" {
  description = "What every message begins with, if anything"
  type        = string
  default     = null
}

variable "path" {
  description = "The path that the option `file` says, valid or not, or an empty string"
  type        = string
  default     = ""
}

variable "paths" {
  description = "The same of all entries, by subject"
  type        = map(string)
  default     = {}
}
