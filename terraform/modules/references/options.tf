locals {
  # By the first character of a value's JSON; any other character begins a number.
  kinds = { "\"" = "a string", "{" = "an object", "[" = "a list", "t" = "a boolean", "f" = "a boolean", "n" = "null" }

  # A reference string is an object with one option. In ECS's form, what is not an ARN is a parameter.
  strings = { for subject, value in local.values : subject => !startswith(value.text, "\"") ? "" :
    "${local.form == "ecs" && !startswith(value.text, "\"arn:") ? "ssm:" : ""}${jsondecode(value.text)}"
  }
  jsons = { for subject, string in local.strings : subject => local.form != "ecs" && startswith(local.values[subject].json, "{") ? local.values[subject].members : tomap({
    (can(regex(local.grammar.patterns.parameterReference, string)) ? "parameter" : "secret") = jsonencode(trimprefix(string, "ssm:"))
  }) }
  options = { for subject, jsons in local.jsons : subject => {
    is_set  = { for rule in local.grammar.options : rule.name => contains(keys(jsons), rule.name) }
    kinds   = { for option, json in jsons : option => lookup(local.kinds, substr(json, 0, 1), "a number") }
    strings = { for option, json in jsons : option => startswith(json, "\"") ? tostring(jsondecode(json)) : "" }
  } }

  option_problems = { for subject, option in local.options : subject => [for problem in concat(
    [
      {
        invalid = !can(regex("^[\"{]", local.values[subject].json))
        fault   = local.faults.reference
        cause   = format(local.faults.reference.causes.kind, lookup(local.kinds, substr(local.values[subject].json, 0, 1), "a number"))
      },
      {
        invalid = !option.is_set.secret && !option.is_set.parameter
        fault   = local.faults.option
        cause   = local.faults.option.causes.noSource
      },
      {
        invalid = option.is_set.secret && option.is_set.parameter
        fault   = local.faults.option
        cause   = local.faults.option.causes.twoSources
      },
    ],
    [for rule in local.grammar.options : {
      invalid = option.kinds[rule.name] != rule.kind
      fault   = local.faults.option
      cause   = format(local.faults.option.causes.kind, "\"${rule.name}\"", rule.expected, option.kinds[rule.name])
    } if option.is_set[rule.name]],
    [for rule in local.grammar.options : {
      invalid = option.kinds[rule.name] == rule.kind && !can(regex(rule.pattern, rule.kind == "a number" ? local.jsons[subject][rule.name] : option.strings[rule.name]))
      fault   = local.faults.option
      cause   = format(local.faults.option.causes.value, "\"${rule.name}\"", rule.expected)
    } if option.is_set[rule.name]],
    [for name in setsubtract(keys(option.kinds), local.grammar.options[*].name) : {
      invalid = true
      fault   = merge(local.faults.unknownOption, { remedy = format(local.faults.unknownOption.remedy, join(", ", formatlist("\"%s\"", local.grammar.options[*].name))) })
      cause   = format(local.faults.unknownOption.causes.unknown, jsonencode(name))
    }],
  ) : "${problem.cause}. ${problem.fault.remedy} [${problem.fault.code}]" if problem.invalid] }
}
