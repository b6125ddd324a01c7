variable "image_digest" {
  description = "Digest of the image that was pushed: `sha256:…`"
  type        = string
}
