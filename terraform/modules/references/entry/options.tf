locals {
  value_json = jsonencode(var.value)
  value_kind = local.value_json == "\"\"" ? "an empty text" : lookup(local.kinds, substr(local.value_json, 0, 1), "a number")
  is_text    = contains(local.texts, local.value_kind)
  is_object  = local.value_kind == "an object"
  text       = local.is_text ? try(tostring(var.value), "") : ""

  # The JSON of each option's value, so that all are of one type; a reference string is an object with one option.
  options = local.is_object ? tomap({ for option, value in var.value : option => jsonencode(value) }) : tomap({
    (startswith(local.text, "ssm:") ? "parameter" : "secret") = jsonencode(trimprefix(local.text, "ssm:"))
  })
  option_kinds = { for option, json in local.options :
    option => json == "\"\"" ? "an empty text" : lookup(local.kinds, substr(json, 0, 1), "a number")
  }
  option_texts = { for option, json in local.options : option => jsondecode(json) if contains(local.texts, local.option_kinds[option]) }
  given        = { for rule in local.rules : rule.option => contains(keys(local.options), rule.option) }
  source_count = length([for source in ["secret", "parameter"] : source if local.given[source]])

  option_causes = [for cause in concat(
    [
      {
        wrong  = !local.is_text && !local.is_object
        code   = "InvalidReference"
        cause  = "a reference is a string or an object, not ${local.value_kind}"
        remedy = local.write_reference
      },
      {
        wrong  = local.source_count == 0
        code   = "InvalidOption"
        cause  = "it has neither \"secret\" nor \"parameter\""
        remedy = local.write_options
      },
      {
        wrong  = local.source_count == 2
        code   = "InvalidOption"
        cause  = "it has both \"secret\" and \"parameter\""
        remedy = local.write_options
      },
    ],
    [for rule in local.rules : {
      wrong  = !contains(rule.kinds, local.option_kinds[rule.option]) && !contains(rule.values, local.options[rule.option])
      code   = "InvalidOption"
      cause  = "the option \"${rule.option}\" must be ${local.expectations[rule.option]}, and is ${length(rule.values) > 0 ? "another" : local.option_kinds[rule.option]}"
      remedy = local.write_options
    } if local.given[rule.option]],
    [for option in setsubtract(keys(local.options), local.rules[*].option) : {
      wrong  = true
      code   = "UnknownOption"
      cause  = "there is no option ${jsonencode(option)}"
      remedy = "The options are ${join(", ", formatlist("\"%s\"", local.rules[*].option))}."
    }],
  ) : cause if cause.wrong]

  # `values`: as JSON.
  rules = [
    { option = "secret", expected = "a string", kinds = local.texts, values = [] },
    { option = "parameter", expected = "a string", kinds = local.texts, values = [] },
    { option = "key", expected = "a string", kinds = ["a string"], values = [] },
    { option = "optional", expected = "a boolean", kinds = ["a boolean"], values = [] },
    { option = "default", expected = "a string", kinds = local.texts, values = [] },
    { option = "encoding", expected = "\"base64\" or \"utf8\"", kinds = [], values = ["\"base64\"", "\"utf8\""] },
    { option = "file", expected = "a string", kinds = ["a string"], values = [] },
    { option = "mode", expected = "a string", kinds = local.texts, values = [] },
    { option = "format", expected = "\"x509-svid\"", kinds = [], values = ["\"x509-svid\""] },
  ]
  expectations = { for rule in local.rules :
    rule.option => rule.expected == "a string" && lookup(local.option_kinds, rule.option, "") == "an empty text" ? "a text that is not empty" : rule.expected
  }

  # By the first character of a value's JSON; what is not here is a number.
  kinds = { "\"" = "a string", "{" = "an object", "[" = "a list", "t" = "a boolean", "f" = "a boolean", "n" = "null" }
  texts = ["a string", "an empty text"]

  write_options = "Write for example {\"secret\": \"prod/db\", \"key\": \"password\"} or {\"parameter\": \"/prod/log-level\"}."
}
