module lambda-secrets-wrapper/runner

go 1.25
