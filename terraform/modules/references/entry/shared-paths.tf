locals {
  path_segments = split("/", trimprefix(var.path, "/"))
  parent_paths  = [for count in range(1, length(local.path_segments)) : "/${join("/", slice(local.path_segments, 0, count))}"]

  # With anytrue, one path is enough to know it.
  earlier       = var.path == "" ? [] : slice(keys(var.paths), 0, index(keys(var.paths), var.subject))
  is_path_taken = anytrue([for subject in local.earlier : var.paths[subject] == var.path])
  outer_paths   = [for parent in local.parent_paths : parent if anytrue([for path in values(var.paths) : path == parent])]
}
