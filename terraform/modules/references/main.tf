locals {
  grammar = jsondecode(file("${path.module}/grammar.json"))

  # A list counts its items with numbers.
  in_list = !alltrue([for key, value in var.secrets : startswith(jsonencode(key), "\"")])
  entries = { for key, value in var.secrets : local.in_list ? "SECRETS[${key}]" : key => value }
}

# A module each, so that one whose ARN is known only after apply does not keep the others from being checked at plan.
module "entry" {
  source   = "./entry"
  for_each = local.entries

  subject = each.key
  value   = each.value
  in_list = local.in_list
}
