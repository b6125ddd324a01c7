mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

run "secrets" {
  command = plan

  variables {
    secrets = {
      NAME        = "prod/db"
      KEY         = "prod/db:password"
      VERSION     = { secret = "prod/db::AWSPREVIOUS", key = "password" }
      ARN         = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/api-AbCdEf:key"
      PARTIAL_ARN = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/token"
      ELSEWHERE   = "arn:aws:secretsmanager:us-east-1:999988887777:secret:shared-AbCdEf"
    }
  }

  assert {
    condition = jsondecode(output.policy_json) == {
      Version = "2012-10-17"
      Statement = [{
        Effect = "Allow"
        Action = "secretsmanager:GetSecretValue"
        Resource = [
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/api-AbCdEf",
          "arn:aws:secretsmanager:us-east-1:999988887777:secret:shared-AbCdEf",
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-??????",
          "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/token-??????",
        ]
      }]
    }
    error_message = "the policy is another: ${output.policy_json}"
  }

  assert {
    condition     = output.secret_arns == tolist(jsondecode(output.policy_json).Statement[0].Resource)
    error_message = "secret_arns are not those of the policy"
  }
}

run "ecs" {
  command = plan

  variables {
    secrets = [
      { name = "DB_PASSWORD", valueFrom = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf:password::" },
      { name = "LOG_LEVEL", valueFrom = "/prod/log-level" },
      { name = "REGION", valueFrom = "arn:aws:ssm:us-east-1:999988887777:parameter/shared/x" },
    ]
  }

  assert {
    condition = jsondecode(output.policy_json).Statement[*].Resource == [
      ["arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf"],
      [
        "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log-level",
        "arn:aws:ssm:us-east-1:999988887777:parameter/shared/x",
      ],
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }

  assert {
    condition     = jsondecode(output.environment_variables.SECRETS) == var.secrets
    error_message = "SECRETS is not the list"
  }
}

run "parameters" {
  command = plan

  variables {
    secrets = {
      NAME    = "ssm:/prod/log-level:3"
      SAME    = "ssm:/prod/log-level"
      FLAT    = "ssm:flat"
      ARN     = "ssm:arn:aws:ssm:us-east-1:999988887777:parameter/shared/x:label"
      "APP_*" = "ssm:/prod/app/"
      "ALL_*" = "ssm:/prod/all/**"
      "TOP_*" = "ssm:/prod/all/"
      "LOW_*" = "ssm:/prod/all/under/"
    }
  }

  assert {
    condition = jsondecode(output.policy_json).Statement == [
      {
        Effect = "Allow"
        Action = "ssm:GetParameters"
        Resource = [
          "arn:aws:ssm:us-east-1:999988887777:parameter/shared/x",
          "arn:aws:ssm:eu-west-1:111122223333:parameter/flat",
          "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log-level",
        ]
      },
      {
        Effect   = "Allow"
        Action   = "ssm:GetParametersByPath"
        Resource = ["arn:aws:ssm:eu-west-1:111122223333:parameter/prod/all"]
      },
      {
        Effect    = "Allow"
        Action    = "ssm:GetParametersByPath"
        Resource  = ["arn:aws:ssm:eu-west-1:111122223333:parameter/prod/all/under", "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/app"]
        Condition = { StringNotEquals = { "ssm:Recursive" = "true" } }
      },
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "keys" {
  command = plan

  variables {
    secrets = {
      NAME      = "prod/db"
      OTHER     = "prod/token"
      ELSEWHERE = "arn:aws:secretsmanager:us-east-1:999988887777:secret:shared-AbCdEf"
      PARAMETER = "ssm:/prod/x"
      "APP_*"   = "ssm:/prod/app/"
    }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = [for statement in jsondecode(output.policy_json).Statement : statement if statement.Action == "kms:Decrypt"] == [
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
        Condition = {
          StringEquals = { "kms:ViaService" = "secretsmanager.eu-west-1.amazonaws.com" }
          ArnLike      = { "kms:EncryptionContext:SecretARN" = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:*" }
          StringLike   = { "kms:EncryptionContext:SecretARN" = ["*:prod/db-??????", "*:prod/token-??????"] }
        }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
        Condition = {
          StringEquals = { "kms:ViaService" = "secretsmanager.us-east-1.amazonaws.com" }
          ArnLike      = { "kms:EncryptionContext:SecretARN" = "arn:aws:secretsmanager:us-east-1:999988887777:secret:*" }
          StringLike   = { "kms:EncryptionContext:SecretARN" = ["*:shared-AbCdEf"] }
        }
      },
      {
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
        Condition = {
          StringEquals = { "kms:ViaService" = "ssm.eu-west-1.amazonaws.com" }
          ArnLike      = { "kms:EncryptionContext:PARAMETER_ARN" = "arn:aws:ssm:eu-west-1:111122223333:*" }
          StringLike   = { "kms:EncryptionContext:PARAMETER_ARN" = ["*:parameter/prod/x", "*:parameter/prod/app/*"] }
        }
      },
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "keys_of_nothing" {
  command = plan

  variables {
    secrets      = { PARAMETER = "ssm:/prod/x" }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition     = [for statement in jsondecode(output.policy_json).Statement : statement.Condition.StringEquals["kms:ViaService"] if statement.Action == "kms:Decrypt"] == ["ssm.eu-west-1.amazonaws.com"]
    error_message = "a key is allowed for a service that is not used"
  }
}

run "public_parameters" {
  command = plan

  variables {
    secrets = {
      AMI         = "ssm:/aws/service/ami/latest"
      ARN         = "ssm:arn:aws:ssm:us-east-1::parameter/aws/service/ami/latest"
      "SERVICE_*" = "ssm:/aws/service/global/"
    }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = jsondecode(output.policy_json).Statement[*].Resource == [
      ["arn:aws:ssm:eu-west-1::parameter/aws/service/ami/latest", "arn:aws:ssm:us-east-1::parameter/aws/service/ami/latest"],
      ["arn:aws:ssm:eu-west-1::parameter/aws/service/global"],
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "secrets_by_parameter" {
  command = plan

  variables {
    secrets = {
      A = "ssm:/aws/reference/secretsmanager/prod/a+b=c@d:AWSPREVIOUS"
      B = { parameter = "arn:aws:ssm:us-east-1:999988887777:parameter/aws/reference/secretsmanager/prod/b", optional = true }
    }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = { for statement in jsondecode(output.policy_json).Statement : statement.Action => statement.Resource if statement.Action != "kms:Decrypt" } == {
      "secretsmanager:GetSecretValue" = [
        "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/a+b=c@d-??????",
        "arn:aws:secretsmanager:us-east-1:999988887777:secret:prod/b-??????",
        "arn:aws:secretsmanager:us-east-1:999988887777:secret:prod/b",
      ]
      "ssm:GetParameters" = [
        "arn:aws:ssm:eu-west-1:111122223333:parameter/aws/reference/secretsmanager/prod/a+b=c@d",
        "arn:aws:ssm:us-east-1:999988887777:parameter/aws/reference/secretsmanager/prod/b",
      ]
    }
    error_message = "the policy is another: ${output.policy_json}"
  }

  assert {
    condition     = [for statement in jsondecode(output.policy_json).Statement : statement.Condition.StringLike if statement.Action == "kms:Decrypt"] == [{ "kms:EncryptionContext:SecretARN" = ["*:prod/a+b=c@d-??????"] }, { "kms:EncryptionContext:SecretARN" = ["*:prod/b-??????"] }]
    error_message = "Secrets Manager decrypts these: ${output.policy_json}"
  }
}

run "what_need_not_exist" {
  command = plan

  variables {
    secrets = {
      OPTIONAL    = { secret = "prod/optional", optional = true }
      DEFAULT     = { secret = "prod/default:key", default = "" }
      "ALL_*"     = { secret = "prod/all", optional = true }
      ARN         = { secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/api-AbCdEf", optional = true }
      PARTIAL_ARN = { secret = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/token", optional = true }
      LISTED      = { secret = "prod/listed", optional = false }
      PARAMETER   = { parameter = "/prod/x", optional = true }
    }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = [for arn in jsondecode(output.policy_json).Statement[0].Resource : trimprefix(arn, "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/")] == [
      "all-??????", "api-AbCdEf", "default-??????", "listed-??????", "optional-??????", "token-??????",
      "all", "default", "optional", "token",
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }

  assert {
    condition     = length(jsondecode(output.policy_json).Statement[2].Condition.StringLike["kms:EncryptionContext:SecretARN"]) == 6
    error_message = "what does not exist is not decrypted: ${output.policy_json}"
  }
}

run "every_parameter" {
  command = plan

  variables {
    secrets      = { "*" = "ssm:/**" }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = (
      jsondecode(output.policy_json).Statement[0].Resource == ["arn:aws:ssm:eu-west-1:111122223333:parameter/"] &&
      jsondecode(output.policy_json).Statement[1].Condition.StringLike["kms:EncryptionContext:PARAMETER_ARN"] == ["*:parameter/*"]
    )
    error_message = "the policy is another: ${output.policy_json}"
  }

  expect_failures = [check.secrets]
}

run "china" {
  command = plan

  override_data {
    target = data.aws_partition.current[0]
    values = {
      partition  = "aws-cn"
      dns_suffix = "amazonaws.com.cn"
    }
  }

  override_data {
    target = data.aws_region.current[0]
    values = { id = "cn-north-1" }
  }

  override_data {
    target = data.aws_caller_identity.current[0]
    values = { account_id = "444455556666" }
  }

  variables {
    secrets      = { SECRET = "prod/db", PARAMETER = "ssm:/prod/x" }
    kms_key_arns = ["arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = (
      jsondecode(output.policy_json).Statement[0].Resource == ["arn:aws-cn:secretsmanager:cn-north-1:444455556666:secret:prod/db-??????"] &&
      jsondecode(output.policy_json).Statement[1].Resource == ["arn:aws-cn:ssm:cn-north-1:444455556666:parameter/prod/x"] &&
      jsondecode(output.policy_json).Statement[2].Condition.StringEquals["kms:ViaService"] == "secretsmanager.cn-north-1.amazonaws.com.cn"
    )
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "a_role" {
  command = plan

  variables {
    secrets   = { SECRET = "prod/db" }
    role_name = "my-function"
  }

  assert {
    condition     = aws_iam_role_policy.this[0].role == "my-function" && aws_iam_role_policy.this[0].policy == output.policy_json
    error_message = "the role does not get the policy"
  }

  assert {
    condition     = aws_iam_role_policy.this[0].name_prefix == "secrets-wrapper-"
    error_message = "another module's policy of the same name on this role would be replaced"
  }
}

run "no_role" {
  command = plan

  variables {
    secrets = { SECRET = "prod/db" }
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0
    error_message = "a policy is attached that nobody asked for"
  }
}

run "statements" {
  command = plan

  variables {
    secrets      = { SECRET = "prod/db", PARAMETER = "ssm:/prod/x", "APP_*" = "ssm:/prod/app/", "ALL_*" = "ssm:/prod/all/**" }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition     = output.has_policy && jsonencode(output.policy_statements) == jsonencode(jsondecode(output.policy_json).Statement) && length(output.policy_statements) == 6
    error_message = "the statements are not the policy's"
  }

  assert {
    condition     = !strcontains(output.policy_json, "Sid")
    error_message = "two modules' policies with the same Sids cannot be merged"
  }
}

run "no_statements" {
  command = plan

  assert {
    condition     = !output.has_policy && length(output.policy_statements) == 0 && output.policy_json == null
    error_message = "there is nothing to allow"
  }
}

run "the_account_as_given" {
  command = plan

  variables {
    secrets      = { SECRET = "prod/db", PARAMETER = "ssm:/prod/x" }
    kms_key_arns = ["arn:aws-cn:kms:cn-north-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
    region       = "cn-north-1"
    account_id   = "444455556666"
    partition    = "aws-cn"
  }

  assert {
    condition = (
      output.policy_statements[0].Resource == tolist(["arn:aws-cn:secretsmanager:cn-north-1:444455556666:secret:prod/db-??????"]) &&
      output.policy_statements[1].Resource == tolist(["arn:aws-cn:ssm:cn-north-1:444455556666:parameter/prod/x"]) &&
      output.policy_statements[2].Condition.StringEquals["kms:ViaService"] == "secretsmanager.cn-north-1.amazonaws.com.cn"
    )
    error_message = "the policy is another: ${output.policy_json}"
  }

  assert {
    condition     = length(concat(data.aws_partition.current, data.aws_region.current, data.aws_caller_identity.current)) == 0
    error_message = "AWS is asked for what is given"
  }
}

run "a_role_that_gets_no_policy" {
  command = plan

  variables {
    secrets       = { SECRET = "prod/db" }
    role_name     = "my-function"
    attach_policy = false
  }

  assert {
    condition     = length(aws_iam_role_policy.this) == 0 && output.has_policy
    error_message = "a policy is attached that nobody asked for"
  }
}
