locals {
  file          = lookup(local.option_texts, "file", "")
  file_segments = split("/", startswith(local.file, "/") ? trimprefix(local.file, "/") : "tmp/secrets-wrapper/${local.file}")
  mode          = lookup(local.option_texts, "mode", "0600")

  file_causes = [for cause in [
    {
      wrong = !alltrue([for segment in local.file_segments : can(regex("^[^\\x00-\\x1f\\x7f]{1,255}$", segment)) && !contains([".", ".."], segment)])
      cause = "the option \"file\" must be a path without empty, \".\" or \"..\" parts and control characters"
    },
    {
      wrong = local.file_segments[0] != "tmp" || length(local.file_segments) < 2
      cause = "the option \"file\" must be relative, or under /tmp"
    },
    {
      wrong = anytrue([for segment in local.file_segments : startswith(segment, ".secrets-wrapper")])
      cause = "the option \"file\" must be a path without parts that begin with \".secrets-wrapper\", as the wrapper's own"
    },
    {
      # The owner reads; at most, the owner writes and the group reads.
      wrong = !can(regex("^0?[46][04]0$", local.mode))
      cause = "the option \"mode\" must be \"0600\", \"0640\", \"0400\" or \"0440\""
    },
  ] : merge(cause, { code = "InvalidOption", remedy = local.write_file }) if local.given.file && cause.wrong]

  write_file = "Write for example {\"secret\": \"prod/tls:key\", \"file\": \"tls/key.pem\", \"mode\": \"0600\"}."
}
