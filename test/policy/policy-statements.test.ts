import { decryptStatements } from "../../policy/decrypt-statements.ts";
import { policyStatements } from "../../policy/policy-statements.ts";
import { parseSecrets } from "../core/parse-secrets.ts";

const TOKENS = {
  partition: token("AWS.Partition.3"),
  region: token("AWS.Region.4"),
  account: token("AWS.AccountId.0"),
  dnsSuffix: token("AWS.URLSuffix.1"),
};

/** As the CDK writes it. */
function token(name: string): string {
  return `\${Token[${name}]}`;
}

const entriesOf = (secrets: unknown) => parseSecrets(JSON.stringify(secrets)).entries;

// What the statements are, terraform.test.ts compares with the module.

it("passes on tokens of CloudFormation", () => {
  const entries = entriesOf({ A: "prod/db", B: "ssm:/prod/log", C: "ssm:/aws/service/ami" });
  const { partition, region, account, dnsSuffix } = TOKENS;
  expect(policyStatements(entries, TOKENS).map(({ Resource }) => Resource)).toEqual([
    [`arn:${partition}:secretsmanager:${region}:${account}:secret:prod/db-??????`],
    [
      `arn:${partition}:ssm:${region}:${account}:parameter/prod/log`,
      `arn:${partition}:ssm:${region}::parameter/aws/service/ami`,
    ],
  ]);
  expect(decryptStatements(entries, TOKENS, ["key"]).map(({ Condition }) => Condition)).toEqual([
    {
      StringEquals: { "kms:ViaService": `secretsmanager.${region}.${dnsSuffix}` },
      ArnLike: { "kms:EncryptionContext:SecretARN": `arn:${partition}:secretsmanager:${region}:${account}:secret:*` },
      StringLike: { "kms:EncryptionContext:SecretARN": ["*:prod/db-??????"] },
    },
    {
      StringEquals: { "kms:ViaService": `ssm.${region}.${dnsSuffix}` },
      ArnLike: { "kms:EncryptionContext:PARAMETER_ARN": `arn:${partition}:ssm:${region}:${account}:*` },
      StringLike: { "kms:EncryptionContext:PARAMETER_ARN": ["*:parameter/prod/log"] },
    },
  ]);
});

it("has the same statements in whatever order the entries are", () => {
  const secrets = {
    A: "prod/b",
    B: "prod/a",
    "C_*": "ssm:/y/",
    "D_*": "ssm:/x/",
    "E_*": "ssm:/w/**",
    "F_*": "ssm:/v/**",
  };
  const reversed = Object.fromEntries(Object.entries(secrets).reverse());
  expect(policyStatements(entriesOf(reversed), TOKENS)).toEqual(policyStatements(entriesOf(secrets), TOKENS));
});

it("makes no statement without entries, and none for keys without keys", () => {
  expect(policyStatements([], TOKENS)).toEqual([]);
  expect(decryptStatements(entriesOf({ A: "a" }), TOKENS, [])).toEqual([]);
});
