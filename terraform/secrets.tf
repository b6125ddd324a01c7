# The entries of `secrets`, without nulls, and what they refer to.

locals {
  # Nulls, as conditions and optional() attributes leave them, are no entries and no options. Those of a file are the
  # function's to refuse. The conversion fails for a null only: what is known only after apply is kept.
  without_nulls = { for key, value in [{}, var.secrets][var.create ? 1 : 0] : key => [
    value,
    { for option in try(keys(value), []) : option => value[option]
      if can(length([tonumber(value[option] == null && var.secrets_file == null ? "null" : "0")]))
    },
  ][can(keys(value)) ? 1 : 0] if can(length([tonumber(value == null && var.secrets_file == null ? "null" : "0")])) }

  # A list's keys are numbers, as strings.
  entries = [
    local.without_nulls,
    [for key, value in [{}, var.secrets][var.create ? 1 : 0] : local.without_nulls[key] if contains(keys(local.without_nulls), tostring(key))],
  ][can(keys(var.secrets)) ? 0 : 1]

  # Not by try, which would not know the keys where a value is known only after apply.
  references = merge(module.references[*].references...)
}

module "references" {
  source = "./modules/references"
  count  = var.create ? 1 : 0

  secrets = local.entries
  label   = local.label
}
