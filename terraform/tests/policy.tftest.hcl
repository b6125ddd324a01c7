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
        Sid    = "ReadSecrets"
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
    condition     = output.secret_arns == jsondecode(output.policy_json).Statement[0].Resource
    error_message = "secret_arns are not those of the policy"
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
    }
  }

  assert {
    condition = jsondecode(output.policy_json).Statement == [
      {
        Sid    = "ReadParameters"
        Effect = "Allow"
        Action = "ssm:GetParameters"
        Resource = [
          "arn:aws:ssm:us-east-1:999988887777:parameter/shared/x",
          "arn:aws:ssm:eu-west-1:111122223333:parameter/flat",
          "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/log-level",
        ]
      },
      {
        Sid    = "ReadParametersByPath"
        Effect = "Allow"
        Action = "ssm:GetParametersByPath"
        Resource = [
          "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/all",
          "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/app",
        ]
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
      ELSEWHERE = "arn:aws:secretsmanager:us-east-1:999988887777:secret:shared-AbCdEf"
      PARAMETER = "ssm:/prod/x"
      "APP_*"   = "ssm:/prod/app/"
    }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = [for statement in jsondecode(output.policy_json).Statement : statement if statement.Action == "kms:Decrypt"] == [
      {
        Sid      = "DecryptSecrets"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
        Condition = {
          StringEquals = {
            "kms:ViaService" = ["secretsmanager.us-east-1.amazonaws.com", "secretsmanager.eu-west-1.amazonaws.com"]
          }
          StringLike = {
            "kms:EncryptionContext:SecretARN" = [
              "arn:aws:secretsmanager:us-east-1:999988887777:secret:shared-AbCdEf",
              "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-??????",
            ]
          }
        }
      },
      {
        Sid      = "DecryptParameters"
        Effect   = "Allow"
        Action   = "kms:Decrypt"
        Resource = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
        Condition = {
          StringEquals = { "kms:ViaService" = ["ssm.eu-west-1.amazonaws.com"] }
          StringLike = {
            "kms:EncryptionContext:PARAMETER_ARN" = [
              "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/x",
              "arn:aws:ssm:eu-west-1:111122223333:parameter/prod/app/*",
            ]
          }
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
    condition     = jsondecode(output.policy_json).Statement[*].Sid == ["ReadParameters", "DecryptParameters"]
    error_message = "a key is allowed for a service that is not used"
  }
}

run "public_parameters" {
  command = plan

  variables {
    secrets = { AMI = "ssm:/aws/service/ami/latest", "SERVICE_*" = "ssm:/aws/service/global/" }
  }

  assert {
    condition = jsondecode(output.policy_json).Statement[*].Resource == [
      ["arn:aws:ssm:eu-west-1::parameter/aws/service/ami/latest"],
      ["arn:aws:ssm:eu-west-1::parameter/aws/service/global"],
    ]
    error_message = "the policy is another: ${output.policy_json}"
  }
}

run "every_parameter" {
  command = plan

  variables {
    secrets      = { "*" = "ssm:/" }
    kms_key_arns = ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"]
  }

  assert {
    condition = (
      jsondecode(output.policy_json).Statement[0].Resource == ["arn:aws:ssm:eu-west-1:111122223333:parameter/"] &&
      jsondecode(output.policy_json).Statement[1].Condition.StringLike["kms:EncryptionContext:PARAMETER_ARN"] == ["arn:aws:ssm:eu-west-1:111122223333:parameter/*"]
    )
    error_message = "the policy is another: ${output.policy_json}"
  }
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
      jsondecode(output.policy_json).Statement[2].Condition.StringEquals["kms:ViaService"] == ["secretsmanager.cn-north-1.amazonaws.com.cn"]
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
