# The rules of core/config/parse.ts and what it imports. Both read patterns, options and messages from grammar.json;
# splitting and combining are written twice, and test/cases/grammar.json goes through both.
#
# One local for each stage, with all entries: a plan takes time for each local, and little for what is in it.
# What is known only after apply leaves the other entries known, as long as no `if` of a `for` over entries needs it.

locals {
  grammar = jsondecode(file("${path.module}/grammar.json"))
  faults  = local.grammar.faults

  # As in an ECS task definition: by its keys, which are known also where a value is known only after apply.
  form = can(keys(var.secrets)) ? "map" : [for are_ecs in [[for value in var.secrets : length(setintersection(try(keys(value), []), ["name", "valueFrom"])) > 0]] :
    !anytrue(are_ecs) ? "list" : alltrue(are_ecs) ? "ecs" : "mixed"
  ][0]

  # A list of the entries with each name: in ECS's form there may be several.
  entries = { for key, value in var.secrets : local.form == "map" ? key : local.form == "ecs" ? try(regex("^\"(.*)\"$", jsonencode(value.name))[0], "SECRETS[${key}]") : "SECRETS[${key}]" => value... if local.form != "mixed" }

  # As JSON, so that all are of one type. `text`: the reference, of ECS's `valueFrom` or of a string.
  values = { for subject, values in local.entries : subject => {
    json    = jsonencode(values[0])
    text    = local.form == "ecs" ? jsonencode(try(values[0].valueFrom, null)) : jsonencode(values[0])
    members = tomap({ for member in try(keys(values[0]), []) : member => jsonencode(values[0][member]) })
  } }
}
