// What is refused before anything is deployed, each with its whole message.

import { join } from "node:path";
import { App, CfnParameter, Stack } from "aws-cdk-lib";
import { Repository } from "aws-cdk-lib/aws-ecr";
import { Alias as KeyAlias } from "aws-cdk-lib/aws-kms";
import {
  Code,
  type FunctionProps,
  Handler,
  type IFunction,
  Function as LambdaFunction,
  Runtime,
  SnapStartConf,
} from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { type AddToOptions, type Secrets, SecretsWrapper } from "../../cdk/index.ts";
import { grammar } from "../../core/config/grammar.ts";
import { describeUnless } from "../support/needs.ts";
import { RUNTIMES } from "../support/tools.ts";
import { missingLayer } from "../support/trees.ts";

let stack: Stack;
beforeEach(() => {
  stack = new Stack(new App(), "orders");
});

const IMPORTED =
  "orders/Function is not a function that this app creates: an imported function, a version, an alias or a function at the edge has its own layers, variables and role. Add the secrets to the Function itself, in the app that creates it; Lambda@Edge takes neither layers nor variables.";
const REFERENCE = grammar.faults.reference.remedy;

it.each<[string, (stack: Stack) => unknown, string]>([
  [
    "a name of a variable",
    (stack) => ({ "DB-PASSWORD": [new Secret(stack, "Database"), "password"] }),
    "DB-PASSWORD: it is not a valid variable name. Use letters, digits and underscores, and no digit first. [InvalidName]",
  ],
  [
    "the name of a secret",
    () => ({ A: "prod/db password" }),
    `A (from "prod/db password"): the name is not a valid secret name. ${REFERENCE} [InvalidReference]`,
  ],
  [
    "the name that a secret was imported by",
    (stack) => ({ A: Secret.fromSecretNameV2(stack, "Import", "prod/*") }),
    `A (from "prod/*"): the name is not a valid secret name. ${REFERENCE} [InvalidReference]`,
  ],
  [
    "what follows a construct",
    (stack) => ({ A: [new Secret(stack, "Database"), "a:b:c:d"] }),
    `A (from "orders/Database:a:b:c:d"): the reference has too many colons. ${REFERENCE} [InvalidReference]`,
  ],
  [
    "an option",
    (stack) => ({ A: { secret: new Secret(stack, "Database"), keys: "password" } }),
    'A (from "orders/Database"): there is no option "keys". The options are "secret", "parameter", "key", "optional", "default", "encoding", "file", "mode", "names", "format", "ttl". [UnknownOption]',
  ],
  [
    "what is neither a string nor a construct",
    () => ({ A: 1 }),
    `A: a reference must be a string or an object, not a number. ${REFERENCE} [InvalidReference]`,
  ],
  [
    "what is no list or object",
    () => "prod/db",
    'SECRETS: the value is neither an object nor a list. Write for example {"DB_PASSWORD": "prod/db:password"} or ["prod/app"]. [InvalidJson]',
  ],
  [
    "files that share a path, and every other fault at once",
    () => ({ A: { secret: "a", file: "x" }, B: { secret: "b", file: "x" }, C: "" }),
    `C: the reference has no secret name. ${REFERENCE} [InvalidReference]
B: another entry also uses the file /tmp/secrets-wrapper/x. Give each entry its own path. [DuplicateEntry]`,
  ],
])("refuses %s", (_, secrets, message) => {
  const wrap = () => new SecretsWrapper(stack, "Secrets", { secrets: secrets(stack) as Secrets });
  expect(messageOf(wrap)).toBe(`orders/Secrets: secrets:\n${message}`);
});

it.each([
  ["begins a reference", (token: string) => token],
  ["begins a parameter's name", (token: string) => `ssm:${token}`],
  ["ends a secret's ARN", (token: string) => `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${token}:key`],
])("refuses a token that %s, as it hides what the policy depends on", (_, reference) => {
  const secrets = { A: reference(new CfnParameter(stack, "Parameter").valueAsString) };
  expect(messageOf(() => new SecretsWrapper(stack, "Secrets", { secrets }))).toMatch(
    /^orders\/Secrets: secrets:\nA \(from ".*\$\{Token\[.*\]\}"\): a token of CDK hides whether this is a name, a complete ARN or a partial one, and the policy depends on it\. Use a construct in place of the string: Secret\.fromSecretNameV2, fromSecretCompleteArn or fromSecretPartialArn, or StringParameter\.fromStringParameterAttributes\. \[InvalidReference\]$/,
  );
});

describe("does not add secrets to", () => {
  it.each<[string, () => IFunction, AddToOptions, string]>([
    ["an imported function", () => LambdaFunction.fromFunctionName(stack, "Function", "app"), {}, IMPORTED],
    [
      "a version",
      () => functionOf({}).currentVersion as IFunction,
      {},
      IMPORTED.replace("/Function", "/Function/CurrentVersion"),
    ],
    [
      "a function from an image",
      () =>
        functionOf({
          runtime: Runtime.FROM_IMAGE,
          handler: Handler.FROM_IMAGE,
          code: Code.fromEcrImage(Repository.fromRepositoryName(stack, "Repository", "app")),
        }),
      {},
      "orders/Function is made from a container image, which takes no layers. Copy the layer's content into the image and start the program through it (docs/containers.md), then say so: addTo(fn, { startsWrapper: true }).",
    ],
    [
      "an OS-only runtime",
      () => functionOf({ runtime: Runtime.PROVIDED_AL2023 }),
      {},
      "orders/Function has the runtime provided.al2023, which does not read AWS_LAMBDA_EXEC_WRAPPER. Start the program through the layer's wrapper in the function's bootstrap (docs/containers.md), then say so: addTo(fn, { startsWrapper: true }).",
    ],
    [
      "a function with another wrapper",
      () => functionOf({ environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/otel-handler" } }),
      {},
      "orders/Function has AWS_LAMBDA_EXEC_WRAPPER already, and Lambda starts one wrapper. Set SECRETS_NEXT_WRAPPER to its value in its place: this wrapper then starts that one (docs/chaining.md).",
    ],
    [
      "a function that has SECRETS",
      () => functionOf({ environment: { SECRETS: "{}" }, runtime: Runtime.PROVIDED_AL2023 }),
      { startsWrapper: true },
      "orders/Function has SECRETS already. Put all entries into one SecretsWrapper, and add that once.",
    ],
  ])("%s", (_, fn, options, message) => {
    const secrets = new SecretsWrapper(stack, "Secrets", { secrets: {} });
    expect(messageOf(() => secrets.addTo(fn(), options))).toBe(message);
  });
});

describeUnless(missingLayer, "at synthesis", () => {
  it.each<[string, Partial<FunctionProps>, string[]]>([
    ["settings that are right", { environment: { SECRETS_TIMEOUT: "3" } }, []],
    [
      "a setting that is not valid",
      { environment: { SECRETS_TIMEOUT: "soon" } },
      [
        'SECRETS_TIMEOUT: "soon" is not a number of seconds greater than 0 and at most 900. Use for example 5 or 2.5, or remove the variable for the default of 5 seconds. [InvalidSetting]',
      ],
    ],
    [
      "SnapStart",
      { runtime: Runtime.JAVA_21, snapStart: SnapStartConf.ON_PUBLISHED_VERSIONS },
      [
        "SECRETS_SNAPSTART: under SnapStart the values would be stored in the snapshot and reused by every environment started from it. Turn SnapStart off for this function, or set SECRETS_SNAPSTART=allow and publish a new version after each rotation. [SnapStart]",
      ],
    ],
    [
      "SnapStart that is allowed",
      {
        runtime: Runtime.JAVA_21,
        snapStart: SnapStartConf.ON_PUBLISHED_VERSIONS,
        environment: { SECRETS_SNAPSTART: "allow" },
      },
      [],
    ],
  ])("checks %s", (_, props, messages) => {
    const fn = functionOf(props);
    new SecretsWrapper(stack, "Secrets", { secrets: { A: "prod/a" } }).addTo(fn);
    expect(fn.node.validate()).toEqual(messages);
  });

  it("refuses a wrapper that was set after the secrets were added", () => {
    const fn = functionOf({});
    new SecretsWrapper(stack, "Secrets", { secrets: {} }).addTo(fn);
    fn.addEnvironment("AWS_LAMBDA_EXEC_WRAPPER", "/opt/otel-handler");
    expect(fn.node.validate()).toEqual([
      "AWS_LAMBDA_EXEC_WRAPPER was changed after the secrets were added. Set SECRETS_NEXT_WRAPPER to the other wrapper in its place: this wrapper then starts that one (docs/chaining.md).",
    ]);
  });

  it("leaves it to CDK to refuse a function at the edge, which has no variables", () => {
    const fn = functionOf({});
    new SecretsWrapper(stack, "Secrets", { secrets: {} }).addTo(fn);
    expect(() => stack.resolve(fn.currentVersion.edgeArn)).toThrow(
      "contains environment variables [AWS_LAMBDA_EXEC_WRAPPER,SECRETS] and is not compatible with Lambda@Edge",
    );
  });

  it("refuses a key that is known by its alias only", () => {
    const encryptionKeys = [KeyAlias.fromAliasName(stack, "Key", "alias/app")];
    const secrets = new SecretsWrapper(stack, "Secrets", { secrets: { A: "prod/a" }, encryptionKeys });
    expect(() => secrets.addTo(functionOf({}))).toThrow(/Permissions for '.*' to call '.*' on '.*' could not be added/);
  });
});

function functionOf(props: Partial<FunctionProps>): LambdaFunction {
  const code = Code.fromAsset(join(RUNTIMES, "python"));
  return new LambdaFunction(stack, "Function", {
    runtime: Runtime.NODEJS_22_X,
    handler: "index.handler",
    code,
    ...props,
  });
}

function messageOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
