import { cpSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { LambdaClient, ListFunctionsCommand, ListLayersCommand } from "@aws-sdk/client-lambda";
import { ListSecretsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { DescribeParametersCommand, SSMClient } from "@aws-sdk/client-ssm";
import { LAYER_ZIP, ROOT } from "../../layer/paths.ts";
import { type Checkout, copyOfCheckout } from "../support/checkout.ts";
import { awsEnv, clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { run } from "../support/run.ts";
import { missingProvider, terraform, terraformEnv } from "../support/terraform.ts";
import { missingLayer } from "../support/trees.ts";

const MINUTES = 60_000;
const FOLDER = join("examples", "acceptance");
/** Not what Terraform leaves in its folder. */
const CONFIGURATION = readdirSync(join(ROOT, FOLDER)).filter((name) => name.endsWith(".tf"));
const SOURCES = [
  "acceptance",
  join(FOLDER, "functions"),
  ...CONFIGURATION.map((name) => join(FOLDER, name)),
  "terraform",
  "test/acceptance",
];

const missing = missingLayer ?? missingProgram(["python3", "javac"]) ?? missingProvider();

describeUnless(missing, "npm run acceptance", () => {
  it(
    "deploys all functions, says which of them see nothing, and destroys everything after a failure",
    () => oncePerSources("acceptance", SOURCES, acceptance),
    10 * MINUTES,
  );
});

async function acceptance(): Promise<void> {
  const moto = await startMoto();
  const checkout = copyOfCheckout();
  mkdirSync(join(checkout.root, "dist"));
  for (const name of ["x86_64", "arm64"]) cpSync(LAYER_ZIP, join(checkout.root, "dist", `secrets-wrapper-${name}.zip`));
  await expectAcceptance(moto, checkout).finally(() => {
    moto.stop();
    checkout.remove();
  });
}

/** moto takes all that Terraform makes, but starts no function: each answers with its event, and logs nothing. */
async function expectAcceptance(moto: Moto, checkout: Checkout): Promise<void> {
  const config = { method: "POST", body: JSON.stringify({ lambda: { use_docker: false } }) };
  expect((await fetch(`${moto.url}/moto-api/config`, config)).ok).toBe(true);
  // moto has no registry of images: there is no Docker for this.
  const more = { TF_VAR_memory_sizes: "[128]", DOCKER_HOST: "tcp://127.0.0.1:9" };
  const env = { ...terraformEnv(awsEnv(moto.url)), ...more } as Record<string, string>;
  expect(await terraform(join(checkout.root, FOLDER), ["fmt", "-check", "-diff"])).toMatchObject({
    status: 0,
    stdout: "",
  });
  const main = join(checkout.root, "acceptance", "acceptance.ts");
  const { status, stdout, stderr } = await run(process.execPath, ["--import", "tsx", main, "--rounds", "1"], env);

  const log = stripVTControlCharacters(stderr);
  const [, added] = /Apply complete! Resources: (\d+) added/.exec(log) ?? [];
  expect(Number(added)).toBeGreaterThan(50);
  expect(log).toMatch(/Destroy complete! Resources: \d+ destroyed/);
  expect(log).toContain("The log has no REPORT line of Lambda's");
  expect(status).toBe(1);

  const said = stdout.toString().trim().split("\n");
  const functions = ["java21", "java21-snapstart", "nodejs22.x", "provided.al2023", "python3.13", "ruby3.4"];
  for (const name of functions.flatMap((name) => [`${name}-x86_64`, `${name}-arm64`])) {
    for (const variable of ["TEXT", "ENCRYPTED", "SECURE", "APP_LEVEL", "MANAGED"])
      expect(said).toContain(`${name}: ${variable} is not set`);
    expect(said.filter((line) => line.startsWith(`${name}: MISSING`))).toEqual([]);
  }
  expect(said).toContain("no-route-arm64: has started, though it has no route to the services");

  expect(await leftIn(moto.url)).toEqual({ functions: [], layers: [], secrets: [], parameters: [] });
  expect(existsSync(join(checkout.root, "docs", "acceptance.md"))).toBe(false);
}

async function leftIn(url: string): Promise<object> {
  const config = clientConfig(url);
  const lambda = new LambdaClient(config);
  return {
    functions: (await lambda.send(new ListFunctionsCommand())).Functions,
    layers: (await lambda.send(new ListLayersCommand())).Layers,
    secrets: (await new SecretsManagerClient(config).send(new ListSecretsCommand())).SecretList,
    parameters: (await new SSMClient(config).send(new DescribeParametersCommand())).Parameters,
  };
}
