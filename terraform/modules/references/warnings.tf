locals {
  warnings = { for subject, reference in local.references : subject => [for warning in [
    {
      applies = anytrue([for id in reference.noun == "secret" && reference.is_arn ? [reference.id] : [] : can(regex(local.likely_name, id))])
      text    = "\"-${element(split("-", reference.id), -1)}\" looks like part of the secret's name, so this ARN may be partial: AWS takes a hyphen and six characters as the end of a complete ARN, and would not find the secret"
      remedy  = "Use the name, ${jsonencode(element(split(":", reference.id), -1))}, or the complete ARN. If this ARN is complete, it works as it is."
    },
    {
      applies = reference.is_path && reference.id == "/"
      text    = "this reads every parameter whose name has no path, and the policy allows all of them"
      remedy  = "Use a path: {\"APP_*\": \"ssm:/prod/app/\"}."
    },
    {
      applies = reference.is_path && reference.id == "/**"
      text    = "this reads every parameter of the account in its Region, and the policy allows all of them"
      remedy  = "Use a path: {\"APP_*\": \"ssm:/prod/app/\"}."
    },
  ] : "${local.shown[subject].name}${local.shown[subject].origin}: ${warning.text}. ${warning.remedy}" if warning.applies] }

  # AWS ends a complete ARN with six random letters and digits: one in 50,000 looks like this. After 3, 4 and 5 letters, digits.
  likely_name = "-(?i:${join("|", concat(
    ["[0-9]{6}"],
    formatlist("%s[0-9]{3}", ["api", "app", "dev", "env", "job", "key", "qas", "rds", "sql", "stg", "uat", "web"]),
    formatlist("%s[0-9]{2}", ["beta", "blue", "data", "demo", "east", "host", "live", "main", "node", "prod", "site", "team", "test", "user", "west", "year"]),
    formatlist("%s[0-9]", ["admin", "email", "kafka", "login", "mongo", "mysql", "oauth", "redis", "shard", "stage", "token", "vault"]),
    regexall("[a-z0-9]+", <<-EOT
      access active admins amazon apikey appkey athena aurora backup bearer branch broker bucket canary client cipher commit
      common config cookie crypto dbpass dbroot dbuser deploy docker domain editor events export github gitlab global google
      heroku import ingest issuer jwtkey kibana lambda latest ledger legacy listen loader london mailer market master member
      memory mobile module mumbai notify oauth2 openai oracle orders origin passwd paypal portal prefix public pubkey python
      queues rabbit reader redash region remote report rootca router runner schema search secret secure sender sentry server
      shared signer simple single social source splunk square stable static status stored stream stripe subnet switch sydney
      syncer system target tenant tester ticket tokens twilio update upload useast uswest vendor vercel viewer wallet webapp
      worker writer zapier
    EOT
    ),
  ))})$"
}
