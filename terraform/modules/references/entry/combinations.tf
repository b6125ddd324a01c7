locals {
  has_key     = local.is_set.key || local.reference_key != ""
  is_variable = var.is_ecs || (!var.in_list && !endswith(var.subject, "*"))

  combination_problems = [for problem in [
    {
      invalid = local.is_set.mode && !local.is_set.file
      fault   = local.faults.file
      cause   = local.faults.file.causes.modeWithoutFile
    },
    {
      invalid = local.is_set.format && local.is_parameter
      fault   = local.faults.formatOfParameter
      cause   = local.faults.formatOfParameter.causes.parameter
    },
    {
      invalid = local.is_set.format && !local.is_set.file
      fault   = local.faults.format
      cause   = local.faults.format.causes.withoutFile
    },
    {
      invalid = local.is_set.format && (local.has_key || local.is_set.encoding || local.is_set.default)
      fault   = local.faults.format
      cause   = local.faults.format.causes.ofPart
    },
    {
      invalid = local.is_variable && local.is_path
      fault   = local.faults.pathForVariable
      cause   = local.faults.pathForVariable.causes.several
    },
    {
      invalid = local.is_variable && local.is_set.names
      fault   = local.faults.names
      cause   = local.faults.names.causes.ofVariable
    },
    {
      invalid = !local.is_variable && (local.has_key || local.is_set.default || local.is_set.encoding || local.is_set.file)
      fault   = local.faults.expansion
      cause   = local.faults.expansion.causes.ofOne
    },
  ] : { code = problem.fault.code, cause = problem.cause, remedy = problem.fault.remedy } if problem.invalid]
}
