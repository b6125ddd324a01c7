variable "name" {
  description = "What the names of everything begin with"
  type        = string
  default     = "secrets-wrapper-acceptance"
}

variable "layer_zips" {
  description = "Paths of the layer's zips, by architecture"
  type        = map(string)
}

variable "packages" {
  description = "Paths of the functions' packages, by folder of `functions/`: a runtime without one is left out"
  type        = map(string)
}

variable "image_uris" {
  description = "Images with the Python function and the layer's files, by architecture: without one, there is no function from an image"
  type        = map(string)
  default     = {}
}

variable "memory_sizes" {
  description = "MB of memory with which the duration of init is measured"
  type        = list(number)
  default     = [128, 256, 512, 1024, 1769]
}

variable "values" {
  description = "What is stored: `text`, `password`, `encrypted`, `parameter`, `secure`, `level`"
  type        = map(string)
  ephemeral   = true
}
