locals {
  is_parameter = local.given.parameter
  noun         = local.is_parameter ? "parameter" : "secret"
  fields       = split(":", lookup(local.option_texts, local.noun, ""))
  is_arn       = local.fields[0] == "arn"
  id_length    = min(length(local.fields), !local.is_arn ? 1 : local.is_parameter ? 6 : 7)
  id           = join(":", slice(local.fields, 0, local.id_length))
  rest         = slice(local.fields, local.id_length, length(local.fields))
  is_path      = local.is_parameter && can(regex("/(?:\\*\\*)?$", local.id))
  is_recursive = local.is_path && endswith(local.id, "**")

  # They hold nothing that a policy would take for a wildcard or a variable.
  id_pattern  = local.is_parameter ? (local.is_arn ? local.parameter_arn : local.parameter_name) : (local.is_arn ? local.secret_arn : local.secret_name)
  secret_name = "^[\\w/+=.@!-]+$"
  secret_arn  = "^arn:aws[a-z-]*:secretsmanager:[a-z0-9-]+:[0-9]{12}:secret:[\\w/+=.@!-]+$"
  # A reference to a secret holds the secret's name.
  parameter_name = "^(?:[\\w.-]+|/[\\w./-]*|/(?:[\\w./-]*/)?\\*\\*|/aws/reference/secretsmanager/[\\w/+=.@!-]*[\\w+=.@!-])$"
  # AWS's public parameters have no account.
  parameter_arn = "^arn:aws[a-z-]*:ssm:[a-z0-9-]+:(?:[0-9]{12}:parameter|:parameter/aws/service)/[\\w./-]+$"

  reference_causes = [for cause in [
    {
      wrong = trimspace(local.id) == ""
      cause = "the reference names no ${local.noun}"
    },
    {
      wrong = !can(regex(local.id_pattern, local.id))
      cause = local.is_arn ? "the ARN is not that of a ${local.noun}" : "the reference is not the name of a ${local.noun}"
    },
    {
      wrong = length(local.rest) > (local.is_parameter ? 1 : 3)
      cause = "the reference has too many colons"
    },
    {
      wrong = !local.is_parameter && try(local.rest[1] != "" && local.rest[2] != "", false)
      cause = "the reference has both a version stage and a version id"
    },
    {
      wrong = local.is_parameter && can(regex("[^\\w.-]", local.rest[0]))
      cause = "after the colon comes a version's number or label"
    },
    {
      wrong = local.is_path && (local.is_arn || try(local.rest[0] != "", false))
      cause = "a path is not an ARN, and has no version"
    },
  ] : merge(cause, { code = "InvalidReference", remedy = local.write_reference }) if cause.wrong]

  reference_key = local.is_parameter ? "" : try(local.rest[0], "")
  key_causes = local.given.key && local.reference_key != "" ? [{
    code   = "InvalidReference"
    cause  = "the JSON key is given twice, in the reference and in \"key\""
    remedy = "Keep one of them."
  }] : []

  write_reference = "Write \"name\", \"name:json-key\" or \"name:json-key:version-stage:version-id\", with a name or a full ARN, or \"ssm:/name:version\" for a parameter; a key with a colon goes into the object form, {\"secret\": \"name\", \"key\": \"a:b\"}."
}
