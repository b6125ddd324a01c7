locals {
  value_json = jsonencode(var.value)
  value_kind = lookup(local.kinds, substr(local.value_json, 0, 1), "a number")
  is_string  = local.value_kind == "a string"
  is_object  = local.value_kind == "an object"
  string     = var.is_ecs ? local.ecs_reference : local.is_string ? try(tostring(var.value), "") : ""

  # The JSON of each option's value, so that all are of one type; a reference string is an object with one option.
  options = local.is_object && !var.is_ecs ? tomap({ for option, value in var.value : option => jsonencode(value) }) : tomap({
    (can(regex(local.patterns.parameterReference, local.string)) ? "parameter" : "secret") = jsonencode(trimprefix(local.string, "ssm:"))
  })
  option_kinds   = { for option, json in local.options : option => lookup(local.kinds, substr(json, 0, 1), "a number") }
  option_strings = { for option, json in local.options : option => jsondecode(json) if local.option_kinds[option] == "a string" }
  option_names   = local.grammar.options[*].name
  is_set         = { for option in local.option_names : option => contains(keys(local.options), option) }
  set_rules      = [for rule in local.grammar.options : rule if local.is_set[rule.name]]
  source_count   = length([for source in ["secret", "parameter"] : source if local.is_set[source]])

  option_problems = [for problem in concat(
    [
      {
        invalid = !local.is_string && !local.is_object
        code    = local.faults.reference.code
        cause   = format(local.faults.reference.causes.kind, local.value_kind)
        remedy  = local.faults.reference.remedy
      },
      {
        invalid = local.source_count == 0
        code    = local.faults.option.code
        cause   = local.faults.option.causes.noSource
        remedy  = local.faults.option.remedy
      },
      {
        invalid = local.source_count == 2
        code    = local.faults.option.code
        cause   = local.faults.option.causes.twoSources
        remedy  = local.faults.option.remedy
      },
    ],
    [for rule in local.set_rules : {
      invalid = local.option_kinds[rule.name] != rule.kind
      code    = local.faults.option.code
      cause   = format(local.faults.option.causes.kind, "\"${rule.name}\"", rule.expected, local.option_kinds[rule.name])
      remedy  = local.faults.option.remedy
    }],
    [for rule in local.set_rules : {
      invalid = local.option_kinds[rule.name] == rule.kind && !can(regex(rule.pattern, lookup(local.option_strings, rule.name, "")))
      code    = local.faults.option.code
      cause   = format(local.faults.option.causes.value, "\"${rule.name}\"", rule.expected)
      remedy  = local.faults.option.remedy
    }],
    [for option in setsubtract(keys(local.options), local.option_names) : {
      invalid = true
      code    = local.faults.unknownOption.code
      cause   = format(local.faults.unknownOption.causes.unknown, jsonencode(option))
      remedy  = format(local.faults.unknownOption.remedy, join(", ", formatlist("\"%s\"", local.option_names)))
    }],
  ) : problem if problem.invalid]

  # By the first character of a value's JSON; any other character begins a number.
  kinds = { "\"" = "a string", "{" = "an object", "[" = "a list", "t" = "a boolean", "f" = "a boolean", "n" = "null" }
}
