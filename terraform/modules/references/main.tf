locals {
  grammar = jsondecode(file("${path.module}/grammar.json"))
  prefix  = var.label == null ? "" : "${var.label}: "

  # The keys of a list are numbers.
  is_list = !alltrue([for key, value in var.secrets : startswith(jsonencode(key), "\"")])
  # As in an ECS task definition.
  is_ecs   = local.is_list && anytrue([for value in var.secrets : can(value.name) || can(value.valueFrom)])
  is_mixed = local.is_ecs && !alltrue([for value in var.secrets : can(value.name) || can(value.valueFrom)])

  # A list of the entries with each name: in ECS's form there may be several.
  entries = { for key, value in var.secrets : !local.is_list ? key : local.is_ecs ? try(regex("^\"(.*)\"$", jsonencode(value.name))[0], "SECRETS[${key}]") : "SECRETS[${key}]" => value... if !local.is_mixed }
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
  is_repeated = length(each.value) > 1
}
