locals {
  has_key     = local.given.key || local.reference_key != ""
  is_variable = !var.in_list && !endswith(var.subject, "*")

  combination_causes = [for cause in [
    {
      wrong  = local.given.mode && !local.given.file
      code   = "InvalidOption"
      cause  = "the option \"mode\" is for a file, and there is no \"file\""
      remedy = local.write_file
    },
    {
      wrong  = local.given.format && local.is_parameter
      code   = "InvalidOption"
      cause  = "the option \"format\" is for a secret, and this is a parameter"
      remedy = "SPIRE stores identities in Secrets Manager only. ${local.write_format}"
    },
    {
      wrong  = local.given.format && !local.given.file
      code   = "InvalidOption"
      cause  = "the option \"format\" needs \"file\", the folder for what it gives"
      remedy = local.write_format
    },
    {
      wrong  = local.given.format && (local.has_key || local.given.encoding || local.given.default)
      code   = "InvalidOption"
      cause  = "the option \"format\" is for a whole secret, without key, encoding and default"
      remedy = local.write_format
    },
    {
      wrong  = local.is_variable && local.is_path
      code   = "InvalidReference"
      cause  = "a path has many parameters, and this is one variable"
      remedy = "Name one parameter, or take all by wildcard: {\"APP_*\": \"ssm:/prod/app/\"}."
    },
    {
      wrong  = !local.is_variable && (local.has_key || local.given.default || local.given.encoding || local.given.file)
      code   = "InvalidReference"
      cause  = "a wildcard or list entry takes every key of a secret, so that it has no JSON key, default, encoding or file"
      remedy = "To take one key, name the variable: {\"DB_PASSWORD\": \"prod/db:password\"}."
    },
  ] : cause if cause.wrong]

  write_format = "Write for example {\"secret\": \"svid-db\", \"format\": \"x509-svid\", \"file\": \"svid\"}."
}
