mock_provider "aws" {
  source = "./tests/mocks"
}

run "one_architecture" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { arm64 = "./main.tf" }
    name = "company-secrets"
  }

  assert {
    condition     = aws_lambda_layer_version.this["arm64"].layer_name == "company-secrets-arm64"
    error_message = "the layer has another name"
  }

  assert {
    condition     = aws_lambda_layer_version.this["arm64"].source_code_hash == filebase64sha256("./main.tf")
    error_message = "a new zip would not be published"
  }

  assert {
    condition     = aws_lambda_layer_version.this["arm64"].skip_destroy && aws_lambda_layer_version.this["arm64"].compatible_architectures == toset(["arm64"])
    error_message = "versions in use would be deleted, or the layer is for another architecture"
  }

  assert {
    condition     = length(aws_lambda_layer_version_permission.organization) == 0
    error_message = "another account may use the layer"
  }
}

run "both_architectures_for_an_organization" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips            = { x86_64 = "./main.tf", arm64 = "./outputs.tf" }
    name            = null
    organization_id = "o-a1b2c3d4e5"
  }

  assert {
    condition     = [for layer in aws_lambda_layer_version.this : layer.layer_name] == ["secrets-wrapper-arm64", "secrets-wrapper-x86_64"]
    error_message = "the layers have other names"
  }

  assert {
    condition     = keys(output.layer_arns) == tolist(["arm64", "x86_64"])
    error_message = "layer_arns does not have both"
  }

  assert {
    condition = alltrue([for permission in values(aws_lambda_layer_version_permission.organization) :
      permission.action == "lambda:GetLayerVersion" && permission.principal == "*" && permission.organization_id == var.organization_id && permission.skip_destroy
    ]) && length(aws_lambda_layer_version_permission.organization) == 2
    error_message = "the organization may not use both layers, or others may"
  }
}

run "with_the_live_cache" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { x86_64 = "./main.tf", live_x86_64 = "./outputs.tf" }
  }

  assert {
    condition     = [for layer in aws_lambda_layer_version.this : layer.layer_name] == ["secrets-wrapper-live-x86_64", "secrets-wrapper-x86_64"]
    error_message = "the layers have other names"
  }

  assert {
    condition     = aws_lambda_layer_version.this["live_x86_64"].compatible_architectures == toset(["x86_64"])
    error_message = "the layer is for another architecture"
  }
}

run "the_zips_beside_the_module" {
  command = plan

  module {
    source = "./modules/layer"
  }

  assert {
    condition     = aws_lambda_layer_version.this["live_arm64"].source_code_hash == filebase64sha256("./secrets-wrapper-live-arm64.zip") && length(aws_lambda_layer_version.this) == 1
    error_message = "the zips that come with the module are not published"
  }
}

run "no_zip" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = {}
  }

  expect_failures = [var.zips]
}

run "an_unknown_architecture" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { x86 = "./main.tf" }
  }

  expect_failures = [var.zips]
}

run "a_zip_that_does_not_exist" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { x86_64 = "./main.tf", arm64 = "./not-built.zip" }
  }

  expect_failures = [var.zips]
}

run "a_zip_for_the_other_architecture" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { arm64 = "./tests/layer-x86_64.zip" }
  }

  expect_failures = [var.zips]
}

run "a_name_that_lambda_does_not_allow" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips = { x86_64 = "./main.tf" }
    name = "secrets wrapper"
  }

  expect_failures = [var.name]
}

run "what_is_no_organization" {
  command = plan

  module {
    source = "./modules/layer"
  }

  variables {
    zips            = { x86_64 = "./main.tf" }
    organization_id = "111122223333"
  }

  expect_failures = [var.organization_id]
}
