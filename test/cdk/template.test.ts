// What functions get, in CloudFormation's template. All stacks are in one app, since its first synthesis takes seconds.

import { App, CfnParameter, Stack, type StackProps } from "aws-cdk-lib";
import { Template } from "aws-cdk-lib/assertions";
import { Repository } from "aws-cdk-lib/aws-ecr";
import { Key } from "aws-cdk-lib/aws-kms";
import {
  Architecture,
  Code,
  type FunctionProps,
  Handler,
  Function as LambdaFunction,
  Runtime,
} from "aws-cdk-lib/aws-lambda";
import { Secret } from "aws-cdk-lib/aws-secretsmanager";
import { StringParameter } from "aws-cdk-lib/aws-ssm";
import { type Secrets, SecretsWrapper, type SecretsWrapperProps } from "../../cdk/index.ts";
import { LAYER_ZIP } from "../../layer/paths.ts";
import { describeUnless } from "../support/needs.ts";
import { missingLayer } from "../support/trees.ts";

jest.setTimeout(120_000);

describeUnless(missingLayer, "a function", () => {
  const app = new App();
  const ARN = "arn:aws:secretsmanager:eu-west-1:999988887777:secret:shared/token";
  const KEY_ARN = "arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";
  const HERE = "<Region>:<AccountId>";

  const created = (stack: Stack) => new Secret(stack, "Created", { secretName: "prod/created" });

  const read: Record<string, Case> = {
    "a secret of this app": {
      secrets: (stack) => ({ DB: [created(stack), "password"] }),
      value: '{"DB":"<Created>:password"}',
      statements: [secret("<Created>")],
    },
    "all keys of it, an older version of one, and a key with a colon": {
      secrets: (stack) => {
        const secret = created(stack);
        return { "DB_*": secret, OLD: [secret, "a:AWSPREVIOUS"], COLON: { secret, key: "a:b", optional: true } };
      },
      value:
        '{"DB_*":"<Created>","OLD":"<Created>:a:AWSPREVIOUS","COLON":{"secret":"<Created>","key":"a:b","optional":true}}',
      statements: [secret("<Created>")],
    },
    "secrets by name": {
      secrets: (stack) => ({ A: "prod/a", B: Secret.fromSecretNameV2(stack, "B", "prod/b") }),
      value: '{"A":"prod/a","B":"prod/b"}',
      statements: [secret(`<arn>${HERE}:secret:prod/a-??????`, `<arn>${HERE}:secret:prod/b-??????`)],
    },
    "secrets by name that may be missing": {
      secrets: (stack) => ({
        A: { secret: Secret.fromSecretNameV2(stack, "A", "prod/a"), optional: true },
        B: { secret: "prod/b:key", default: "" },
      }),
      value: '{"A":{"secret":"prod/a","optional":true},"B":{"secret":"prod/b:key","default":""}}',
      statements: [
        secret(
          `<arn>${HERE}:secret:prod/a-??????`,
          `<arn>${HERE}:secret:prod/b-??????`,
          `<arn>${HERE}:secret:prod/a`,
          `<arn>${HERE}:secret:prod/b`,
        ),
      ],
    },
    "secrets of another account": {
      secrets: (stack) => ({
        PARTIAL: Secret.fromSecretPartialArn(stack, "Partial", ARN),
        COMPLETE: Secret.fromSecretCompleteArn(stack, "Complete", `${ARN}-AbCdEf`),
      }),
      value: `{"PARTIAL":"${ARN}","COMPLETE":"${ARN}-AbCdEf"}`,
      statements: [secret(`${ARN}-AbCdEf`, `${ARN}-??????`)],
    },
    "a secret that only the deployment knows": {
      secrets: (stack) => {
        const { valueAsString } = new CfnParameter(stack, "Arn");
        return { A: { secret: Secret.fromSecretPartialArn(stack, "A", valueAsString), optional: true } };
      },
      value: '{"A":{"secret":"<Arn>","optional":true}}',
      statements: [secret("<Arn>-??????", "<Arn>")],
    },
    "names and an ARN with tokens in them": {
      secrets: ({ partition, region, account }) => ({
        NAME: `prod/${region}/db:key`,
        ARN: `arn:${partition}:secretsmanager:${region}:${account}:secret:prod/db-AbCdEf`,
        "APP_*": `ssm:/prod/${region}/**`,
      }),
      value: `{"NAME":"prod/<Region>/db:key","ARN":"<arn>${HERE}:secret:prod/db-AbCdEf","APP_*":"ssm:/prod/<Region>/**"}`,
      statements: [
        secret(`<arn>${HERE}:secret:prod/db-AbCdEf`, `<arn>${HERE}:secret:prod/<Region>/db-??????`),
        { Action: "ssm:GetParametersByPath", Resource: [`arn:<Partition>:ssm:${HERE}:parameter/prod/<Region>`] },
      ],
    },
    "parameters of this app, by name, by ARN and by path": {
      secrets: (stack) => ({
        LEVEL: new StringParameter(stack, "Level", { stringValue: "debug" }),
        OLD: [StringParameter.fromStringParameterName(stack, "Old", "/prod/old"), "3"],
        MODE: { parameter: new StringParameter(stack, "Mode", { stringValue: "live" }), optional: true },
        FAR: StringParameter.fromStringParameterArn(stack, "Far", "arn:aws:ssm:eu-west-1:999988887777:parameter/a/far"),
        "APP_*": "ssm:/prod/app/",
      }),
      value:
        '{"LEVEL":"ssm:<Level>","OLD":"ssm:/prod/old:3","MODE":{"parameter":"<Mode>","optional":true},"FAR":"ssm:arn:aws:ssm:eu-west-1:999988887777:parameter/a/far","APP_*":"ssm:/prod/app/"}',
      statements: [
        {
          Action: "ssm:GetParameters",
          Resource: [
            "arn:aws:ssm:eu-west-1:999988887777:parameter/a/far",
            ...["<Level>", "<Mode>", "prod/old"].map((name) => `arn:<Partition>:ssm:${HERE}:parameter/${name}`),
          ],
        },
        {
          Action: "ssm:GetParametersByPath",
          Resource: [`arn:<Partition>:ssm:${HERE}:parameter/prod/app`],
          Condition: { StringNotEquals: { "ssm:Recursive": ["true"] } },
        },
      ],
    },
    "a list": {
      secrets: (stack) => [created(stack), "prod/app", { secret: "prod/b", names: "upper" }],
      value: '["<Created>","prod/app",{"secret":"prod/b","names":"upper"}]',
      statements: [secret("<Created>", `<arn>${HERE}:secret:prod/app-??????`, `<arn>${HERE}:secret:prod/b-??????`)],
    },
    "the list of an ECS task definition": {
      secrets: () => [{ name: "A", valueFrom: `${ARN}-AbCdEf:key::` }],
      value: `[{"name":"A","valueFrom":"${ARN}-AbCdEf:key::"}]`,
      statements: [secret(`${ARN}-AbCdEf`)],
    },
    "no secrets": { secrets: () => ({}), value: "{}", statements: [] },
    "a secret that its construct says a key of": {
      secrets: (stack) => ({
        DB: new Secret(stack, "Created", { encryptionKey: Key.fromKeyArn(stack, "Key", KEY_ARN) }),
        OTHER: "prod/other",
      }),
      value: '{"DB":"<Created>","OTHER":"prod/other"}',
      statements: [
        secret("<Created>", `<arn>${HERE}:secret:prod/other-??????`),
        decrypt("secretsmanager", "SecretARN", "arn:*:secretsmanager:<Region>:*:secret:*", "<Created>"),
      ],
    },
    "what a further key encrypts": {
      secrets: () => ({ DB: "prod/db", LEVEL: "ssm:/level" }),
      props: (stack) => ({ encryptionKeys: [Key.fromKeyArn(stack, "Key", KEY_ARN)] }),
      value: '{"DB":"prod/db","LEVEL":"ssm:/level"}',
      statements: [
        secret(`<arn>${HERE}:secret:prod/db-??????`),
        { Action: "ssm:GetParameters", Resource: [`arn:<Partition>:ssm:${HERE}:parameter/level`] },
        decrypt("secretsmanager", "SecretARN", `<arn>${HERE}:secret:*`, "*:prod/db-??????"),
        decrypt("ssm", "PARAMETER_ARN", `arn:<Partition>:ssm:${HERE}:*`, "*:parameter/level"),
      ],
    },
  };

  const stacks = Object.entries(read).map(([name, { secrets, props, ...expected }], index) => {
    const stack = new Stack(app, `Stack${index}`);
    wrap(stack, secrets(stack), props?.(stack)).addTo(functionIn(stack));
    return { name, stack, ...expected };
  });

  const FAR: StackProps = { env: { account: "111122223333", region: "eu-west-1" } };
  const NEAR: StackProps = { env: { account: "999988887777", region: "eu-west-1" } };
  const shared = created(new Stack(app, "Far", FAR));
  const near = new Stack(app, "Near", NEAR);
  wrap(near, { SHARED: shared }).addTo(functionIn(near));

  const settled = new Stack(app, "Settled");
  const two = wrap(settled, { A: "prod/a" });
  two.addTo(functionIn(settled, { environment: { STAGE: "prod", SECRETS_NEXT_WRAPPER: "/opt/otel-handler" } }));
  two.addTo(functionIn(settled, { runtime: Runtime.JAVA_21, handler: "Handler" }, "Second"));
  two.addTo(functionIn(settled, { runtime: Runtime.PROVIDED_AL2023, handler: "app" }, "Own"), { startsWrapper: true });
  wrap(settled, {}, { live: true }, "Live").addTo(functionIn(settled, {}, "Live-Function"));

  const image = new Stack(app, "Image");
  const fromImage = {
    runtime: Runtime.FROM_IMAGE,
    handler: Handler.FROM_IMAGE,
    code: Code.fromEcrImage(Repository.fromRepositoryName(image, "Repository", "app")),
    environment: { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper" },
  };
  wrap(image, { A: "prod/a" }).addTo(functionIn(image, fromImage), { startsWrapper: true });

  it.each(stacks)("may read $name, and no more", ({ stack, value, statements }) => {
    const SECRETS = value.replaceAll("<arn>", "arn:<Partition>:secretsmanager:");
    expect(variablesIn(stack)).toEqual({ AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper", SECRETS });
    expect(statementsIn(stack)).toEqual(statements.map(normal));
  });

  it("may read a secret that the app creates in another account, whose ARN has no end there", () => {
    const arn = "arn:<Partition>:secretsmanager:eu-west-1:111122223333:secret:prod/created";
    expect(variablesIn(near).SECRETS).toBe(`{"SHARED":"${arn}"}`);
    expect(statementsIn(near)).toEqual([normal(secret(`${arn}-??????`))]);
  });

  it("keeps its other variables", () => {
    expect(variablesIn(settled)).toEqual({
      STAGE: "prod",
      SECRETS_NEXT_WRAPPER: "/opt/otel-handler",
      AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper",
      SECRETS: '{"A":"prod/a"}',
    });
  });

  it("from an image that starts the wrapper has SECRETS, no layer, and the wrapper that was set for it", () => {
    const { Properties } = Object.values(Template.fromStack(image).findResources("AWS::Lambda::Function"))[0] ?? {};
    expect(Properties.Layers).toBeUndefined();
    expect(variablesIn(image)).toEqual({ AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper", SECRETS: '{"A":"prod/a"}' });
  });

  it("that starts the wrapper itself has the layer and SECRETS, and no wrapper for Lambda to start", () => {
    expect(variablesIn(settled, "Own")).toEqual({ SECRETS: '{"A":"prod/a"}' });
  });

  it("shares the layer with the functions of its stack, except the one with the live cache", () => {
    const template = Template.fromStack(settled);
    const layers = template.findResources("AWS::Lambda::LayerVersion");
    const [plain, live] = Object.keys(layers);
    const functions = Object.values(template.findResources("AWS::Lambda::Function"));
    expect(functions.map(({ Properties }) => Properties.Layers)).toEqual(
      [plain, plain, plain, live].map((layer) => [{ Ref: layer }]),
    );
    expect(Object.values(layers).map(({ Properties }) => Properties.CompatibleArchitectures)).toEqual([
      ["x86_64"],
      ["x86_64"],
    ]);
  });
});

describeUnless(missingLayer, "a function for arm64", () => {
  it("has the layer for arm64", () => {
    const stack = new Stack();
    wrap(stack, {}).addTo(functionIn(stack, { architecture: Architecture.ARM_64 }));
    const layer = { CompatibleArchitectures: ["arm64"] };
    Template.fromStack(stack).hasResourceProperties("AWS::Lambda::LayerVersion", layer);
  });
});

type Case = {
  secrets(stack: Stack): unknown;
  props?(stack: Stack): Partial<SecretsWrapperProps>;
  value: string;
  statements: Statement[];
};

type Statement = { Action: string; Resource: string[]; Condition?: object };

function wrap(
  stack: Stack,
  secrets: unknown,
  props: Partial<SecretsWrapperProps> = {},
  id = "Secrets",
): SecretsWrapper {
  return new SecretsWrapper(stack, id, { secrets: secrets as Secrets, ...props });
}

function functionIn(stack: Stack, props: Partial<FunctionProps> = {}, id = "Function"): LambdaFunction {
  const code = Code.fromAsset(LAYER_ZIP);
  return new LambdaFunction(stack, id, { runtime: Runtime.NODEJS_22_X, handler: "index.handler", code, ...props });
}

function variablesIn(stack: Stack, id = "Function"): Record<string, string> {
  const functions = Object.entries(Template.fromStack(stack).findResources("AWS::Lambda::Function"));
  const [, { Properties }] = functions.find(([name]) => name.slice(0, -8) === id) ?? ["", { Properties: {} }];
  return shown(Properties.Environment.Variables) as Record<string, string>;
}

function statementsIn(stack: Stack): unknown[] {
  const [policy] = Object.values(Template.fromStack(stack).findResources("AWS::IAM::Policy"));
  const statements: { Effect: string; Resource: unknown }[] = policy?.Properties.PolicyDocument.Statement ?? [];
  expect(statements.filter(({ Effect }) => Effect !== "Allow")).toEqual([]);
  return statements.map(({ Effect: _, ...statement }) => normal(shown(statement) as Statement));
}

/** To IAM one is the same as a list of one, and order is nothing. */
function normal<T>(value: T): unknown {
  if (typeof value === "string") return [value.replaceAll("<arn>", "arn:<Partition>:secretsmanager:")];
  if (Array.isArray(value)) return value.flatMap(normal).sort();
  return Object.fromEntries(Object.entries(value as object).map(([name, member]) => [name, normal(member)]));
}

/** With CloudFormation's functions as text: `<Region>`, `<Database>`. */
function shown(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(shown);
  const { Ref, "Fn::Join": join } = value as { Ref?: string; "Fn::Join"?: [string, unknown[]] };
  if (Ref) return `<${Ref.replace("AWS::", "").replace(/[0-9A-F]{8}$/, "")}>`;
  if (join) return join[1].map(shown).join(join[0]);
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, shown(member)]));
}

function secret(...Resource: string[]): Statement {
  return { Action: "secretsmanager:GetSecretValue", Resource };
}

function decrypt(service: string, context: string, owner: string, name: string): Statement {
  const key = `kms:EncryptionContext:${context}`;
  return {
    Action: "kms:Decrypt",
    Resource: ["arn:aws:kms:eu-west-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"],
    Condition: {
      StringEquals: { "kms:ViaService": `${service}.<Region>.<URLSuffix>` },
      ArnLike: { [key]: owner },
      StringLike: { [key]: name },
    },
  };
}
