mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

run "an_arn_that_ends_in_a_word" {
  command = plan

  variables {
    secrets = { DB = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-master:password" }
  }

  expect_failures = [check.secrets]
}

run "the_same_where_nothing_is_made" {
  command = plan

  variables {
    create  = false
    secrets = { DB = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-master:password" }
  }

  assert {
    condition     = output.policy_json == null
    error_message = "a policy of nothing"
  }
}

run "what_it_says" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = { DB = { secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-master", optional = true } }
  }

  assert {
    condition     = output.warnings == ["DB (from \"arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-master\"): \"-master\" looks like part of the secret's name, so this ARN may be partial: AWS takes a hyphen and six characters as the end of a complete ARN, and would not find the secret. Use the name, \"prod/db-master\", or the complete ARN. If this ARN is complete, it works as it is."]
    error_message = join("\n", output.warnings)
  }
}

run "what_it_says_with_a_label" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = { "P_*" = "ssm:/" }
    label   = "orders"
  }

  assert {
    condition     = output.warnings == ["orders: P_* (from \"ssm:/\"): this reads every parameter whose name has no path, and the policy allows all of them. Use a path: {\"APP_*\": \"ssm:/prod/app/\"}."]
    error_message = join("\n", output.warnings)
  }
}

run "arns_that_may_be_partial" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = [for end in ["master", "Master", "SECRET", "202611", "000001", "prod01", "api001", "mysql8", "oauth2"] :
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-${end}"
    ]
  }

  assert {
    condition     = length(output.warnings) == length(var.secrets)
    error_message = join("\n", output.warnings)
  }
}

run "arns_that_are_complete" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    # All small, all large, with one digit and with five, and after a name that ends in a word.
    secrets = [for end in ["AbCdEf", "a1b2c3", "qzxkwv", "ZKWQXJ", "x83hd2", "12345a", "1mastr", "master-Zk3xQ9"] :
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-${end}"
    ]
  }

  assert {
    condition     = output.warnings == []
    error_message = join("\n", output.warnings)
  }
}

run "names_that_end_in_a_word" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = { A = "prod/db-master", B = "ssm:/prod/db-master", C = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/master" }
  }

  assert {
    condition     = output.warnings == []
    error_message = join("\n", output.warnings)
  }
}

run "the_whole_parameter_store" {
  command = plan

  module {
    source = "./modules/references"
  }

  variables {
    secrets = { "P_*" = "ssm:/", "Q_*" = { parameter = "/**" }, "R_*" = "ssm:/prod/**" }
  }

  assert {
    condition = output.warnings == [
      "P_* (from \"ssm:/\"): this reads every parameter whose name has no path, and the policy allows all of them. Use a path: {\"APP_*\": \"ssm:/prod/app/\"}.",
      "Q_* (from \"/**\"): this reads every parameter of the account in its Region, and the policy allows all of them. Use a path: {\"APP_*\": \"ssm:/prod/app/\"}.",
    ]
    error_message = join("\n", output.warnings)
  }
}

run "a_managed_policys_size" {
  command = plan

  variables {
    secrets      = { A = replace(format("%5970s", ""), " ", "a") }
    secrets_file = "secrets.json"
  }

  assert {
    condition     = length(output.policy_json) == 6144
    error_message = "the policy has ${length(output.policy_json)} characters"
  }
}

run "too_large_for_a_managed_policy" {
  command = plan

  variables {
    secrets      = { A = replace(format("%5971s", ""), " ", "a") }
    secrets_file = "secrets.json"
  }

  expect_failures = [check.policy_size]
}

run "a_roles_own_policys_size" {
  command = plan

  variables {
    secrets      = { A = replace(format("%10066s", ""), " ", "a") }
    secrets_file = "secrets.json"
    role_name    = "my-function"
  }

  assert {
    condition     = length(output.policy_json) == 10240
    error_message = "the policy has ${length(output.policy_json)} characters"
  }
}

run "too_large_for_a_role" {
  command = plan

  variables {
    secrets      = { A = replace(format("%10067s", ""), " ", "a") }
    secrets_file = "secrets.json"
    role_name    = "my-function"
  }

  expect_failures = [output.policy_json]
}

run "sixty_secrets_with_a_key" {
  command = plan

  variables {
    secrets      = { for index in range(60) : "SECRET_${index}" => "prod/service-${index}/database" }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
    role_name    = "my-function"
  }

  assert {
    condition     = length(output.policy_json) < 8000
    error_message = "the policy has ${length(output.policy_json)} characters"
  }
}
