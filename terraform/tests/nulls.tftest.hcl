# What is given in Terraform may be null. In the file of secrets_file, null is a fault: test/terraform/plan.test.ts.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

run "entries_and_options" {
  command = plan

  variables {
    secrets = {
      DB    = { secret = "prod/db", parameter = null, key = null, optional = null, file = null }
      EMPTY = { secret = "prod/empty", default = "", key = null }
      NONE  = null
      PLAIN = "prod/plain"
    }
  }

  assert {
    condition     = output.environment_variables.SECRETS == "{\"DB\":{\"secret\":\"prod/db\"},\"EMPTY\":{\"default\":\"\",\"secret\":\"prod/empty\"},\"PLAIN\":\"prod/plain\"}"
    error_message = "SECRETS is another: ${output.environment_variables.SECRETS}"
  }

  assert {
    condition = output.secret_arns == tolist([
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-??????",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/empty-??????",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/plain-??????",
      "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/empty",
    ])
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "nothing_else" {
  command = plan

  variables {
    secrets   = { NONE = null }
    role_name = "my-function"
  }

  assert {
    condition     = output.environment_variables.SECRETS == "{}" && !output.has_policy && output.policy_json == null && length(aws_iam_role_policy.this) == 0
    error_message = "there is nothing to allow"
  }
}

run "a_variable_of_the_same_name" {
  command = plan

  variables {
    secrets               = { DB_PASSWORD = null }
    environment_variables = { DB_PASSWORD = "local" }
  }

  assert {
    condition     = output.environment_variables.DB_PASSWORD == "local"
    error_message = "the variable is lost"
  }
}

run "a_list" {
  command = plan

  variables {
    secrets = concat([null], [for index in range(12) : "prod/${index}"], [{ secret = "prod/last", names = null }, null])
  }

  assert {
    condition     = jsondecode(output.environment_variables.SECRETS) == concat([for index in range(12) : "prod/${index}"], [{ secret = "prod/last" }])
    error_message = "SECRETS is another: ${output.environment_variables.SECRETS}"
  }
}

run "an_ecs_list" {
  command = plan

  variables {
    secrets = [null, { name = "DB", valueFrom = "/prod/db", other = null }]
  }

  assert {
    condition     = output.environment_variables.SECRETS == "[{\"name\":\"DB\",\"valueFrom\":\"/prod/db\"}]"
    error_message = "SECRETS is another: ${output.environment_variables.SECRETS}"
  }
}

run "a_map_of_one_type" {
  command = plan

  variables {
    secrets = tomap({ A = "prod/a", B = null })
  }

  assert {
    condition     = output.environment_variables.SECRETS == "{\"A\":\"prod/a\"}" && length(output.secret_arns) == 1
    error_message = "SECRETS is another: ${output.environment_variables.SECRETS}"
  }
}
