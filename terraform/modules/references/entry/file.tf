locals {
  file          = lookup(local.option_strings, "file", "")
  file_path     = startswith(local.file, "/") ? local.file : "${local.grammar.fileFolder}/${local.file}"
  file_segments = split("/", trimprefix(local.file_path, "/"))
  mode          = lookup(local.option_strings, "mode", local.grammar.defaultMode)

  file_problems = [for problem in [
    {
      invalid = !alltrue([for segment in local.file_segments : can(regex(local.patterns.fileSegment, segment)) && !contains([".", ".."], segment)])
      cause   = local.faults.file.causes.segment
    },
    {
      invalid = local.file_segments[0] != "tmp" || length(local.file_segments) < 2
      cause   = local.faults.file.causes.folder
    },
    {
      invalid = anytrue([for segment in local.file_segments : startswith(segment, local.grammar.ownFilePrefix)])
      cause   = local.faults.file.causes.ownPrefix
    },
    {
      invalid = !can(regex(local.patterns.fileMode, local.mode))
      cause   = local.faults.file.causes.mode
    },
  ] : { code = local.faults.file.code, cause = problem.cause, remedy = local.faults.file.remedy } if local.is_set.file && problem.invalid]
}
