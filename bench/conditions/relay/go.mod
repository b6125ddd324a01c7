module lambda-secrets-wrapper/relay

go 1.25
