locals {
  file          = lookup(local.option_strings, "file", "")
  file_path     = startswith(local.file, "/") ? local.file : "${local.grammar.fileFolder}/${local.file}"
  file_segments = split("/", trimprefix(local.file_path, "/"))
  mode          = lookup(local.option_strings, "mode", local.grammar.defaultMode)

  file_causes = [for cause in [
    {
      wrong = !alltrue([for segment in local.file_segments : can(regex(local.patterns.fileSegment, segment)) && !contains([".", ".."], segment)])
      cause = local.faults.file.causes.segment
    },
    {
      wrong = local.file_segments[0] != "tmp" || length(local.file_segments) < 2
      cause = local.faults.file.causes.folder
    },
    {
      wrong = anytrue([for segment in local.file_segments : startswith(segment, local.grammar.ownFilePrefix)])
      cause = local.faults.file.causes.ownPrefix
    },
    {
      wrong = !can(regex(local.patterns.fileMode, local.mode))
      cause = local.faults.file.causes.mode
    },
  ] : { code = local.faults.file.code, cause = cause.cause, remedy = local.faults.file.remedy } if local.given.file && cause.wrong]
}
