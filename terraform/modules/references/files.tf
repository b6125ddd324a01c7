locals {
  # The paths that the options `file` say, valid or not.
  paths = { for subject, option in local.options : subject => [for file in [lookup(option.strings, "file", "")] :
    file == "" || startswith(file, "/") ? file : "${local.grammar.fileFolder}/${file}"
  ][0] }

  file_problems = { for subject, path in local.paths : subject => [for problem in [
    {
      invalid = !alltrue([for segment in path == "" ? [] : split("/", trimprefix(path, "/")) : can(regex(local.grammar.patterns.fileSegment, segment)) && !contains([".", ".."], segment)])
      cause   = local.faults.file.causes.segment
    },
    {
      invalid = !can(regex("^/tmp/", path))
      cause   = local.faults.file.causes.folder
    },
    {
      invalid = strcontains(path, "/${local.grammar.ownFilePrefix}")
      cause   = local.faults.file.causes.ownPrefix
    },
    {
      invalid = !can(regex(local.grammar.patterns.fileMode, lookup(local.options[subject].strings, "mode", local.grammar.defaultMode)))
      cause   = local.faults.file.causes.mode
    },
  ] : "${problem.cause}. ${local.faults.file.remedy} [${local.faults.file.code}]" if problem.invalid && local.options[subject].is_set.file] }

  # With anytrue, one path is enough to know it, whatever the others are.
  shared_path_causes = { for subject, path in local.paths : subject => [
    path != "" && anytrue([for other in slice(keys(local.paths), 0, index(keys(local.paths), subject)) : local.paths[other] == path])
    ? format(local.faults.sharedPath.causes.same, path) : "",
    join("", [for index, outer in [
      for parent in [for count in range(2, max(2, length(split("/", path)))) : join("/", slice(split("/", path), 0, count))] : parent
      if anytrue([for other in values(local.paths) : other == parent])
    ] : format(local.faults.sharedPath.causes.nested, path, outer) if index == 0]),
  ] if local.form == "map" }
}
