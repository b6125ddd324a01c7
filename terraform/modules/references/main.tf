locals {
  grammar = jsondecode(file("${path.module}/grammar.json"))

  # The keys of a list are numbers.
  in_list = !alltrue([for key, value in var.secrets : startswith(jsonencode(key), "\"")])
  entries = { for key, value in var.secrets : local.in_list ? "SECRETS[${key}]" : key => value }
}

# One module per entry: an ARN that is known only after apply does not keep the others from being checked at plan.
module "entry" {
  source   = "./entry"
  for_each = local.entries

  subject = each.key
  value   = each.value
  in_list = local.in_list
}
