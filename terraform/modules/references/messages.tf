locals {
  # Every fault of the options; where these are valid, the first of the faults that follow.
  value_problems = { for subject, problems in { for subject in keys(local.entries) : subject => concat(lookup(local.ecs_problems, subject, []), local.option_problems[subject]) } :
    subject => length(problems) > 0 ? problems : [for index, problem in concat(local.reference_problems[subject], local.file_problems[subject], local.combination_problems[subject]) : problem if index == 0]
  }

  # What a message begins with: `name` for all, and `origin` for those about the reference.
  prefix = var.label == null ? "" : "${var.label}: "
  shown = { for subject, option in local.options : subject => {
    name = "${local.prefix}${can(regex("^[\\w*[\\]./-]+(?::[0-9]+:[0-9]+)?$", subject)) ? subject : jsonencode(subject)}"
    origin = concat([
      for text in compact([local.strings[subject], lookup(option.strings, "secret", ""), lookup(option.strings, "parameter", "")]) : " (from ${jsonencode(text)})"
      if length(lookup(local.ecs_problems, subject, [])) == 0
    ], [""])[0]
  } }

  # Empty where there is none. Each is known at plan if what it is about is.
  messages = concat([], [for subject, values in local.entries : [for message in concat(
    [length(values) > 1 ? "${local.shown[subject].name}: ${format(local.faults.duplicate.causes.twice, "entry")}. ${local.faults.duplicate.remedy} [${local.faults.duplicate.code}]" : ""],
    [join("\n", [for problem in lookup(local.name_problems, subject, []) : "${local.shown[subject].name}: ${problem}"])],
    [join("\n", [for problem in local.value_problems[subject] : "${local.shown[subject].name}${local.shown[subject].origin}: ${problem}"])],
    [for cause in lookup(local.shared_path_causes, subject, []) : cause == "" ? "" : "${local.shown[subject].name}: ${cause}. ${local.faults.sharedPath.remedy} [${local.faults.sharedPath.code}]"],
  ) : tostring(message)]]...)
}
