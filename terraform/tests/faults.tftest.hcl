# What SECRETS may say has tests of its own, for the fetcher and for this module: test/cases/grammar.json.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

run "secrets_is_a_text" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = "prod/db"
  }

  expect_failures = [var.secrets]
}

run "secrets_is_a_set" {
  command = plan

  variables {
    secrets = toset(["API_TOKEN"])
  }

  expect_failures = [var.secrets]
}

run "a_value_among_the_secrets" {
  command = plan

  variables {
    secrets = { DB_PASSWORD = sensitive("s3cret") }
  }

  expect_failures = [var.secrets]
}

run "an_entry_is_wrong" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = { DB_PASSWORD = "prod/db:password:stage:id:more" }
  }

  expect_failures = [output.references]
}

run "secrets_file_without_its_content" {
  command = plan

  variables {
    secrets_file = "secrets.yaml"
  }

  expect_failures = [var.secrets_file]
}

run "secrets_file_is_of_another_kind" {
  command = plan

  variables {
    secrets      = { DB_PASSWORD = "prod/db:password" }
    secrets_file = "secrets.toml"
  }

  expect_failures = [var.secrets_file]
}

run "a_variable_is_the_modules" {
  command = plan

  variables {
    environment_variables = { AWS_LAMBDA_EXEC_WRAPPER = "/opt/other" }
  }

  expect_failures = [var.environment_variables]
}

run "secrets_among_the_variables" {
  command = plan

  variables {
    environment_variables = { SECRETS = "{}" }
  }

  expect_failures = [var.environment_variables]
}

run "secrets_file_among_the_variables" {
  command = plan

  variables {
    environment_variables = { SECRETS_FILE = "secrets.yaml" }
  }

  expect_failures = [var.environment_variables]
}

run "a_variable_is_a_secret_too" {
  command = plan

  variables {
    secrets               = { DB_PASSWORD = "prod/db:password" }
    environment_variables = { DB_PASSWORD = "left over" }
  }

  expect_failures = [output.environment_variables]
}

run "a_name_that_lambda_reserves" {
  command = plan

  variables {
    environment_variables = { AWS_REGION = "eu-west-1" }
  }

  expect_failures = [output.environment_variables]
}

run "a_name_that_only_the_runtime_has" {
  command = plan

  variables {
    environment_variables = { AWS_LAMBDA_FUNCTION_NAME = "other" }
  }

  expect_failures = [output.environment_variables]
}

run "a_timeout_that_is_no_number" {
  command = plan

  variables {
    environment_variables = { SECRETS_TIMEOUT = "5s" }
  }

  expect_failures = [output.environment_variables]
}

run "a_timeout_of_nothing" {
  command = plan

  variables {
    environment_variables = { SECRETS_TIMEOUT = "0.0" }
  }

  expect_failures = [output.environment_variables]
}

run "a_timeout_over_lambdas" {
  command = plan

  variables {
    environment_variables = { SECRETS_TIMEOUT = "900.1" }
  }

  expect_failures = [output.environment_variables]
}

run "an_unknown_log_level" {
  command = plan

  variables {
    environment_variables = { SECRETS_LOG_LEVEL = "verbose" }
  }

  expect_failures = [output.environment_variables]
}

run "an_unknown_word_for_snapstart" {
  command = plan

  variables {
    environment_variables = { SECRETS_SNAPSTART = "true" }
  }

  expect_failures = [output.environment_variables]
}

run "an_aws_setting_that_would_be_ignored" {
  command = plan

  variables {
    environment_variables = { AWS_USE_FIPS_ENDPOINT = "yes" }
  }

  expect_failures = [output.environment_variables]
}

run "settings_that_are_valid" {
  command = plan

  variables {
    environment_variables = {
      AWS_LAMBDA_NODEJS_ESM = "1"
      AWS_USE_FIPS_ENDPOINT = "TRUE"
      SECRETS_LOG_LEVEL     = "debug"
      SECRETS_NEXT_WRAPPER  = "/opt/other"
      SECRETS_SNAPSTART     = ""
      SECRETS_TIMEOUT       = "2.5"
    }
  }

  assert {
    condition     = length(output.environment_variables) == 8
    error_message = "a variable is lost"
  }
}

run "just_small_enough" {
  command = plan

  variables {
    environment_variables = { X = replace(format("%2016s", ""), " ", "é") }
  }

  assert {
    condition     = length(output.environment_variables.X) == 2016
    error_message = "the variable is another"
  }
}

run "two_bytes_too_many" {
  command = plan

  variables {
    environment_variables = { X = replace(format("%2017s", ""), " ", "é") }
  }

  expect_failures = [output.environment_variables]
}

run "quotes_count_as_escaped" {
  command = plan

  variables {
    environment_variables = { X = replace(format("%2017s", ""), " ", "\"") }
  }

  expect_failures = [output.environment_variables]
}

run "just_small_enough_with_ampersands" {
  command = plan

  variables {
    environment_variables = { X = replace(format("%4032s", ""), " ", "&") }
  }

  assert {
    condition     = length(output.environment_variables.X) == 4032
    error_message = "the variable is another"
  }
}

run "one_ampersand_too_many" {
  command = plan

  variables {
    environment_variables = { X = replace(format("%4033s", ""), " ", "&") }
  }

  expect_failures = [output.environment_variables]
}

run "escapes_in_secrets_count_as_they_are" {
  command = plan

  variables {
    secrets = { A = "x:${replace(format("%600s", ""), " ", "&")}" }
  }

  expect_failures = [output.environment_variables]
}

run "package_type" {
  command = plan

  variables {
    package_type = "zip"
  }

  expect_failures = [var.package_type]
}

run "architecture" {
  command = plan

  variables {
    architecture = "amd64"
  }

  expect_failures = [var.architecture]
}

run "a_layer_without_a_version" {
  command = plan

  variables {
    layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper"
  }

  expect_failures = [var.layer_arn]
}

run "no_layer" {
  command = plan

  variables {
    layer_arn = null
  }

  expect_failures = [output.layer_arn]
}

run "no_layer_for_the_architecture" {
  command = plan

  variables {
    layer_arn    = null
    architecture = "arm64"
    layer_arns   = { x86_64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-x86_64:7" }
  }

  expect_failures = [output.layer_arn]
}

run "two_layers" {
  command = plan

  variables {
    layer_zip    = "./main.tf"
    architecture = "arm64"
  }

  expect_failures = [var.layer_zip]
}

run "no_such_zip" {
  command = plan

  variables {
    layer_arn = null
    layer_zip = "./tests/none.zip"
  }

  expect_failures = [var.layer_zip]
}

run "a_zip_for_another_architecture" {
  command = plan

  variables {
    layer_arn    = null
    layer_zip    = "./tests/layer-arm64.zip"
    architecture = "x86_64"
  }

  expect_failures = [var.layer_zip]
}

run "a_zip_for_the_usual_architecture" {
  command = plan

  variables {
    layer_arn    = null
    layer_zip    = "./tests/layer-x86_64.zip"
    architecture = "arm64"
  }

  expect_failures = [var.layer_zip]
}

run "an_unknown_architecture_among_the_layers" {
  command = plan

  variables {
    layer_arns = { amd64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7" }
  }

  expect_failures = [var.layer_arns]
}

run "a_layer_without_a_version_among_the_layers" {
  command = plan

  variables {
    layer_arns = { x86_64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper" }
  }

  expect_failures = [var.layer_arns]
}

run "an_alias_for_a_key" {
  command = plan

  variables {
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:alias/secrets"]
  }

  expect_failures = [var.kms_key_arns]
}

run "region" {
  command = plan

  variables {
    region = "eu-west-1a"
  }

  expect_failures = [var.region]
}

run "account_id" {
  command = plan

  variables {
    account_id = "1111"
  }

  expect_failures = [var.account_id]
}

run "partition" {
  command = plan

  variables {
    partition = "china"
  }

  expect_failures = [var.partition]
}

run "a_name_that_no_layer_may_have" {
  command = plan

  variables {
    name = "orders.secrets"
  }

  expect_failures = [var.name]
}

run "an_empty_name" {
  command = plan

  variables {
    name = ""
  }

  expect_failures = [var.name]
}

run "a_name_too_long_for_a_policys_prefix" {
  command = plan

  variables {
    name = replace(format("%102s", ""), " ", "a")
  }

  expect_failures = [var.name]
}

run "a_policy_for_no_role" {
  command = plan

  variables {
    attach_policy = true
  }

  expect_failures = [var.attach_policy]
}

run "nothing_is_checked_where_nothing_is_made" {
  command = plan

  variables {
    create                = false
    name                  = ""
    secrets               = { DB_PASSWORD = sensitive("s3cret"), B = "y:z:::1", "P_*" = "ssm:/" }
    secrets_file          = "secrets.toml"
    environment_variables = { AWS_REGION = "x", SECRETS = "{}", SECRETS_TIMEOUT = "5s", X = replace(format("%4097s", ""), " ", "a") }
    package_type          = "zip"
    architecture          = "amd64"
    layer_arn             = "latest"
    layer_zip             = "./tests/none-arm64.zip"
    layer_arns            = { amd64 = "latest" }
    attach_policy         = true
    kms_key_arns          = ["alias/secrets"]
    region                = "here"
    account_id            = "mine"
    partition             = "ours"
  }

  assert {
    condition     = length(output.environment_variables) == 4 && !output.has_policy && output.policy_json == null && output.layer_arn == null
    error_message = "something is made"
  }
}
