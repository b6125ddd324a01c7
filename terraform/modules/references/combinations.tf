locals {
  combination_problems = { for subject, option in local.options : subject => [for problem in [
    {
      invalid = option.is_set.mode && !option.is_set.file
      fault   = local.faults.file
      cause   = local.faults.file.causes.modeWithoutFile
    },
    {
      invalid = option.is_set.format && option.is_set.parameter
      fault   = local.faults.formatOfParameter
      cause   = local.faults.formatOfParameter.causes.parameter
    },
    {
      invalid = option.is_set.format && !option.is_set.file
      fault   = local.faults.format
      cause   = local.faults.format.causes.withoutFile
    },
    {
      invalid = option.is_set.format && (option.is_set.key || local.references[subject].key != "" || option.is_set.encoding || option.is_set.default)
      fault   = local.faults.format
      cause   = local.faults.format.causes.ofPart
    },
    {
      invalid = local.references[subject].for_variable && local.references[subject].is_path
      fault   = local.faults.pathForVariable
      cause   = local.faults.pathForVariable.causes.several
    },
    {
      invalid = local.references[subject].for_variable && option.is_set.names
      fault   = local.faults.names
      cause   = local.faults.names.causes.ofVariable
    },
    {
      invalid = !local.references[subject].for_variable && (option.is_set.key || local.references[subject].key != "" || option.is_set.default || option.is_set.encoding || option.is_set.file)
      fault   = local.faults.expansion
      cause   = local.faults.expansion.causes.ofOne
    },
  ] : "${problem.cause}. ${problem.fault.remedy} [${problem.fault.code}]" if problem.invalid] }
}
