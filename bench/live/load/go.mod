module lambda-secrets-wrapper/bench/live/load

go 1.25
