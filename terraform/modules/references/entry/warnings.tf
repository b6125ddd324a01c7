locals {
  warnings = [for warning in [
    {
      applies = !local.is_parameter && local.is_arn && can(regex(local.likely_name, local.id))
      text    = "\"-${element(split("-", local.id), -1)}\" looks like part of the secret's name, so this ARN may be partial: AWS takes a hyphen and six characters as the end of a complete ARN, and would not find the secret"
      remedy  = "Use the name, ${jsonencode(element(split(":", local.id), -1))}, or the complete ARN. If this ARN is complete, it works as it is."
    },
    {
      applies = local.is_path && local.id == "/"
      text    = "this reads every parameter whose name has no path, and the policy allows all of them"
      remedy  = local.write_path
    },
    {
      applies = local.is_path && local.id == "/**"
      text    = "this reads every parameter of the account in its Region, and the policy allows all of them"
      remedy  = local.write_path
    },
  ] : "${local.subject}${local.origin}: ${warning.text}. ${warning.remedy}" if warning.applies]

  # AWS ends a complete ARN with six random letters and digits: one in 50,000 looks like this.
  likely_name = "-(?i:[0-9]{6}|(?:${join("|", local.words_of_3)})[0-9]{3}|(?:${join("|", local.words_of_4)})[0-9]{2}|(?:${join("|", local.words_of_5)})[0-9]|${join("|", local.words)})$"
  words_of_3  = ["api", "app", "dev", "env", "job", "key", "qas", "rds", "sql", "stg", "uat", "web"]
  words_of_4  = ["beta", "blue", "data", "demo", "east", "host", "live", "main", "node", "prod", "site", "team", "test", "user", "west", "year"]
  words_of_5  = ["admin", "email", "kafka", "login", "mongo", "mysql", "oauth", "redis", "shard", "stage", "token", "vault"]
  words = split(" ", trimspace(replace(<<-EOT
    access active admins amazon apikey appkey athena aurora backup bearer branch broker bucket canary client cipher commit
    common config cookie crypto dbpass dbroot dbuser deploy docker domain editor events export github gitlab global google
    heroku import ingest issuer jwtkey kibana lambda latest ledger legacy listen loader london mailer market master member
    memory mobile module mumbai notify oauth2 openai oracle orders origin passwd paypal portal prefix public pubkey python
    queues rabbit reader redash region remote report rootca router runner schema search secret secure sender sentry server
    shared signer simple single social source splunk square stable static status stored stream stripe subnet switch sydney
    syncer system target tenant tester ticket tokens twilio update upload useast uswest vendor vercel viewer wallet webapp
    worker writer zapier
  EOT
  , "/\\s+/", " ")))

  write_path = "Use a path: {\"APP_*\": \"ssm:/prod/app/\"}."
}
