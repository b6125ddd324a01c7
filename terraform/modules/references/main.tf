locals {
  grammar = jsondecode(file("${path.module}/grammar.json"))
  prefix  = var.label == null ? "" : "${var.label}: "

  # The keys of a list are numbers.
  is_list = !alltrue([for key, value in var.secrets : startswith(jsonencode(key), "\"")])
  # As in an ECS task definition: by its keys, which are known also where a value is known only after apply.
  ecs_keys = [for value in var.secrets : setintersection(try(keys(value), []), ["name", "valueFrom"])]
  is_ecs   = local.is_list && anytrue([for keys in local.ecs_keys : length(keys) > 0])
  is_mixed = local.is_ecs && !alltrue([for keys in local.ecs_keys : length(keys) > 0])

  # A list of the entries with each name: in ECS's form there may be several.
  entries = { for key, value in var.secrets : !local.is_list ? key : local.is_ecs ? try(regex("^\"(.*)\"$", jsonencode(value.name))[0], "SECRETS[${key}]") : "SECRETS[${key}]" => value... if !local.is_mixed }

  # An option that is no string is a fault of its own.
  files = [for value in values(local.entries) : try(startswith(jsonencode(value[0].file), "\"") ? value[0].file : "", "") if !local.is_list]
  paths = { for index, subject in keys(local.entries) : subject => startswith(local.files[index], "/") || local.files[index] == "" ? local.files[index] : "${local.grammar.fileFolder}/${local.files[index]}" if !local.is_list }
}

# One module per entry: an ARN that is known only after apply does not keep the others from being checked at plan.
module "entry" {
  source   = "./entry"
  for_each = local.entries

  subject     = each.key
  value       = each.value[0]
  in_list     = local.is_list && !local.is_ecs
  is_ecs      = local.is_ecs
  label       = var.label
  path        = lookup(local.paths, each.key, "")
  paths       = local.paths
  is_repeated = length(each.value) > 1
}
