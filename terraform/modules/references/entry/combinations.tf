locals {
  has_key     = local.given.key || local.reference_key != ""
  is_variable = !var.in_list && !endswith(var.subject, "*")

  combination_causes = [for cause in [
    {
      wrong = local.given.mode && !local.given.file
      fault = local.faults.file
      cause = local.faults.file.causes.modeWithoutFile
    },
    {
      wrong = local.given.format && local.is_parameter
      fault = local.faults.formatOfParameter
      cause = local.faults.formatOfParameter.causes.parameter
    },
    {
      wrong = local.given.format && !local.given.file
      fault = local.faults.format
      cause = local.faults.format.causes.withoutFile
    },
    {
      wrong = local.given.format && (local.has_key || local.given.encoding || local.given.default)
      fault = local.faults.format
      cause = local.faults.format.causes.ofPart
    },
    {
      wrong = local.is_variable && local.is_path
      fault = local.faults.pathForVariable
      cause = local.faults.pathForVariable.causes.several
    },
    {
      wrong = !local.is_variable && (local.has_key || local.given.default || local.given.encoding || local.given.file)
      fault = local.faults.expansion
      cause = local.faults.expansion.causes.ofOne
    },
  ] : { code = cause.fault.code, cause = cause.cause, remedy = cause.fault.remedy } if cause.wrong]
}
