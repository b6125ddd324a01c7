mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  layer_arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper:7"
}

run "a_map" {
  command = plan

  variables {
    secrets = {
      DB_PASSWORD = "prod/db:password"
      LICENSE     = { secret = "prod/license", optional = true }
      "APP_*"     = "ssm:/prod/app/"
    }
  }

  assert {
    condition     = output.environment_variables.AWS_LAMBDA_EXEC_WRAPPER == "/opt/wrapper"
    error_message = "Lambda does not know of the wrapper"
  }

  assert {
    condition     = output.environment_variables.SECRETS == "{\"APP_*\":\"ssm:/prod/app/\",\"DB_PASSWORD\":\"prod/db:password\",\"LICENSE\":{\"optional\":true,\"secret\":\"prod/license\"}}"
    error_message = "SECRETS is not what was given: ${output.environment_variables.SECRETS}"
  }

  assert {
    condition     = length(output.environment_variables) == 2
    error_message = "there are other variables"
  }

  assert {
    condition     = output.layers == tolist([var.layer_arn]) && output.layer_arn == var.layer_arn
    error_message = "the layer is another one"
  }
}

run "a_list" {
  command = plan

  variables {
    secrets = ["prod/app", { secret = "prod/token", optional = true }]
  }

  assert {
    condition     = output.environment_variables.SECRETS == "[\"prod/app\",{\"optional\":true,\"secret\":\"prod/token\"}]"
    error_message = "SECRETS is not what was given: ${output.environment_variables.SECRETS}"
  }
}

run "a_file" {
  command = plan

  variables {
    secrets      = { DB_PASSWORD = "prod/db:password" }
    secrets_file = "config/secrets.yml"
  }

  assert {
    condition     = output.environment_variables == tomap({ AWS_LAMBDA_EXEC_WRAPPER = "/opt/wrapper", SECRETS_FILE = "config/secrets.yml" })
    error_message = "the function does not read the file"
  }

  assert {
    condition     = length(output.secret_arns) == 1
    error_message = "what the file names is not allowed"
  }
}

run "other_variables" {
  command = plan

  variables {
    secrets               = { DB_PASSWORD = "prod/db:password" }
    environment_variables = { LOG_LEVEL = "info", SECRETS_TIMEOUT = "3" }
  }

  assert {
    condition     = output.environment_variables.LOG_LEVEL == "info" && output.environment_variables.SECRETS_TIMEOUT == "3"
    error_message = "the function's other variables are lost"
  }
}

run "no_secrets" {
  command = plan

  variables {
    role_name = "my-function"
  }

  assert {
    condition     = output.environment_variables.SECRETS == "{}"
    error_message = "without SECRETS the function does not start"
  }

  assert {
    condition     = output.policy_json == null && length(output.secret_arns) == 0 && length(aws_iam_role_policy.this) == 0
    error_message = "there is nothing to allow"
  }
}

run "a_container_image" {
  command = plan

  variables {
    secrets      = { DB_PASSWORD = "prod/db:password" }
    package_type = "Image"
    layer_arn    = null
    layer_zip    = "./main.tf"
  }

  assert {
    condition     = keys(output.environment_variables) == tolist(["SECRETS"])
    error_message = "an image names its wrapper itself"
  }

  assert {
    condition     = length(output.layers) == 0 && output.layer_arn == null && length(module.layer) == 0
    error_message = "an image has no layers"
  }
}

run "a_container_image_whose_wrapper_is_named_here" {
  command = plan

  variables {
    package_type          = "Image"
    layer_arn             = null
    environment_variables = { AWS_LAMBDA_EXEC_WRAPPER = "/opt/wrapper" }
  }

  assert {
    condition     = output.environment_variables.AWS_LAMBDA_EXEC_WRAPPER == "/opt/wrapper"
    error_message = "the variable is lost"
  }
}

run "a_layer_for_each_architecture" {
  command = plan

  variables {
    layer_arn    = null
    architecture = "arm64"
    layer_arns = {
      x86_64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-x86_64:7"
      arm64  = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-arm64:8"
    }
  }

  assert {
    condition     = output.layers == tolist(["arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-arm64:8"])
    error_message = "the layer is not that of the architecture"
  }
}

run "a_layer_before_those_for_each_architecture" {
  command = plan

  variables {
    layer_arns = { x86_64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-x86_64:7" }
  }

  assert {
    condition     = output.layer_arn == var.layer_arn
    error_message = "layer_arn is not used"
  }
}

run "the_live_cache" {
  command = plan

  variables {
    secrets   = { DB_PASSWORD = "prod/db:password" }
    live      = true
    layer_arn = null
    layer_arns = {
      x86_64      = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-x86_64:7"
      live_x86_64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-live-x86_64:3"
    }
    environment_variables = { SECRETS_TTL = "60" }
  }

  assert {
    condition     = output.layers == tolist(["arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-live-x86_64:3"])
    error_message = "the layer is not the one with the live cache"
  }

  assert {
    condition     = output.environment_variables.AWS_LAMBDA_EXEC_WRAPPER == "/opt/wrapper" && output.environment_variables.SECRETS_TTL == "60"
    error_message = "the variables are others"
  }
}

run "the_live_cache_alone" {
  command = plan

  variables {
    secrets      = { DB_PASSWORD = "prod/db:password" }
    live         = true
    exec_wrapper = false
  }

  assert {
    condition     = keys(output.environment_variables) == tolist(["SECRETS"]) && output.has_policy
    error_message = "the secrets would be environment variables, too"
  }
}

run "secrets_nowhere" {
  command = plan

  variables {
    exec_wrapper = false
  }

  expect_failures = [var.exec_wrapper]
}

run "a_wrong_setting_of_the_live_cache" {
  command = plan

  variables {
    live                  = true
    environment_variables = { SECRETS_TTL = "1m", SECRETS_PORT = "0" }
  }

  expect_failures = [output.environment_variables]
}

run "a_layer_to_publish" {
  command = plan

  variables {
    layer_arn    = null
    layer_zip    = "./main.tf"
    architecture = "arm64"
  }

  assert {
    condition     = keys(module.layer[0].layer_arns) == tolist(["arm64"]) && length(output.layers) == 1
    error_message = "the layer is not published for the architecture"
  }
}

run "the_zip_beside_the_module" {
  command = plan

  variables {
    layer_arn    = null
    architecture = "arm64"
    live         = true
  }

  assert {
    condition     = keys(module.layer[0].layer_arns) == tolist(["live_arm64"]) && length(output.layers) == 1
    error_message = "the zip that comes with the module is not the layer"
  }
}

run "a_layer_in_place_of_the_zip_beside_the_module" {
  command = plan

  variables {
    layer_arn    = null
    layer_arns   = { live_arm64 = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-live-arm64:7" }
    architecture = "arm64"
    live         = true
  }

  assert {
    condition     = length(module.layer) == 0 && output.layer_arn == var.layer_arns.live_arm64
    error_message = "a layer is published though there is one"
  }
}

run "defaults_for_null" {
  command = plan

  variables {
    create                = null
    name                  = null
    secrets               = null
    environment_variables = null
    package_type          = null
    architecture          = null
    layer_arn             = null
    layer_zip             = "./main.tf"
    layer_arns            = null
    kms_key_arns          = null
  }

  assert {
    condition     = length(module.layer) == 1 && output.environment_variables.SECRETS == "{}"
    error_message = "a module around this one cannot leave a variable to it"
  }
}

run "nothing" {
  command = plan

  variables {
    create                = false
    secrets               = { DB_PASSWORD = "prod/db:password" }
    environment_variables = { AWS_LAMBDA_EXEC_WRAPPER = "/opt/other", DB_PASSWORD = "local" }
    role_name             = "my-function"
    layer_arn             = null
    layer_zip             = "./not-built.zip"
    architecture          = "arm64"
  }

  assert {
    condition     = output.environment_variables == tomap({ AWS_LAMBDA_EXEC_WRAPPER = "/opt/other", DB_PASSWORD = "local" }) && length(output.layers) == 0
    error_message = "the function is not left alone"
  }

  assert {
    condition     = output.policy_json == null && length(output.secret_arns) == 0 && output.layer_arn == null && length(aws_iam_role_policy.this) == 0 && length(module.layer) == 0
    error_message = "something is made"
  }

  assert {
    condition     = length(concat(data.aws_partition.current, data.aws_region.current, data.aws_caller_identity.current)) == 0
    error_message = "AWS is asked for nothing"
  }
}
