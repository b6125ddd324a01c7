# What the entries of `secrets` refer to.

locals {
  # Not by try, which would not know the keys where a value is known only after apply.
  references = merge(module.references[*].references...)
}

module "references" {
  source = "./modules/references"
  count  = var.create ? 1 : 0

  secrets = var.secrets
  label   = local.label
}
