import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { GetLayerVersionPolicyCommand, LambdaClient, ListLayerVersionsCommand } from "@aws-sdk/client-lambda";
import { zipSync } from "fflate";
import { VERSION } from "../../core/host/version.ts";
import { bundledTool, runTool, type Tool } from "../support/cli.ts";
import { awsEnv, clientConfig, type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { type RegionalProxy, startRegionalProxy } from "../support/regional-proxy.ts";

const ORGANIZATION = "o-a1b2c3d4e5";
const DENIED = {
  status: 403,
  type: "AccessDeniedException",
  message: "not authorized to perform: lambda:ListLayerVersions",
};
/** Lambda's, for a statement's ID that a policy has already. Moto takes it twice. */
const CONFLICT = { path: /\/policy$/, status: 409, type: "ResourceConflictException", message: "already exists" };

describeWith("python3", "publish", () => {
  let moto: Moto;
  let proxy: RegionalProxy;
  let tool: Tool;
  beforeAll(async () => {
    tool = await bundledTool();
    // There is no x86_64 one of the live layer.
    for (const key of ["x86_64", "arm64", "live-arm64"]) writeZip(tool, key, key);
    moto = await startMoto();
    proxy = await startRegionalProxy(moto.url, ["eu-west-1", "us-east-1"], {
      "eu-south-2": DENIED,
      "eu-north-1": CONFLICT,
    });
  }, 300_000);
  afterAll(() => {
    proxy.stop();
    moto.stop();
    tool.remove();
  });

  const publish = (...args: string[]) =>
    runTool(tool, ["publish", ...args], { env: { HOME: tool.folder, ...awsEnv(proxy.url) } });

  it("publishes both architectures in each Region, and prints their ARNs as JSON", async () => {
    const { stdout, stderr, status } = await publish("--regions", "eu-west-1,us-east-1", "--name", "both", "--json");
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    expect(JSON.parse(stdout)).toEqual({
      "eu-west-1": {
        x86_64: { version: 1, arn: "arn:aws:lambda:eu-west-1:123456789012:layer:both-x86_64:1" },
        arm64: { version: 1, arn: "arn:aws:lambda:eu-west-1:123456789012:layer:both-arm64:1" },
      },
      "us-east-1": {
        x86_64: { version: 1, arn: "arn:aws:lambda:us-east-1:123456789012:layer:both-x86_64:1" },
        arm64: { version: 1, arn: "arn:aws:lambda:us-east-1:123456789012:layer:both-arm64:1" },
      },
    });
    expect(await versionsOf("both-arm64")).toMatchObject([
      {
        Description: `secrets-wrapper ${VERSION}: secrets in the environment of a function's runtime`,
        CompatibleArchitectures: ["arm64"],
        LicenseInfo: "MIT",
      },
    ]);
  });

  it("does not publish again what is the latest version, and publishes what differs", async () => {
    const once = ["--regions", "eu-west-1", "--arch", "x86_64", "--name", "again"];
    const first = await publish(...once);
    const second = await publish(...once);
    const arn = "arn:aws:lambda:eu-west-1:123456789012:layer:again-x86_64";
    expect(first.stdout).toBe(`eu-west-1  x86_64  ${arn}:1  published\n`);
    expect(second.stdout).toBe(`eu-west-1  x86_64  ${arn}:1  already the latest version\n`);
    writeZip(tool, "x86_64", "another");
    const third = await publish(...once);
    expect(third.stdout).toBe(`eu-west-1  x86_64  ${arn}:2  published\n`);
  });

  it("lets the accounts of an organization use the live layer", async () => {
    const live = ["--arch", "arm64", "--live", "--organization", ORGANIZATION];
    expect(await publish("--regions", "eu-west-1", ...live)).toMatchObject({ status: 0, stderr: "" });
    const command = new GetLayerVersionPolicyCommand({ LayerName: "secrets-wrapper-live-arm64", VersionNumber: 1 });
    const { Policy = "{}" } = await new LambdaClient(clientConfig(moto.url)).send(command);
    expect(JSON.parse(Policy).Statement).toMatchObject([
      { Action: "lambda:GetLayerVersion", Principal: "*", OrganizationId: ORGANIZATION },
    ]);
  });

  it("is content with the permission that is there already", async () => {
    const live = ["--arch", "arm64", "--live", "--organization", ORGANIZATION];
    expect(await publish("--regions", "eu-north-1", ...live)).toMatchObject({ status: 0, stderr: "" });
  });

  it("reports a Region that fails, and publishes in the others", async () => {
    const { stdout, stderr, status } = await publish(
      "--regions",
      "eu-south-2,eu-west-1",
      "--arch",
      "arm64",
      "--name",
      "some",
    );
    expect(status).toBe(1);
    expect(stdout.split("\n").map((line) => line.split(/ {2,}/))).toEqual([
      ["eu-south-2", "arm64", "failed"],
      ["eu-west-1", "arm64", "arn:aws:lambda:eu-west-1:123456789012:layer:some-arm64:1", "published"],
      [""],
    ]);
    expect(stderr).toMatch(
      /^eu-south-2 \(arm64\): not authorized to perform: lambda:ListLayerVersions\. Allow .* \[AccessDeniedException\]\n$/,
    );
  });

  it("finds the Regions of the account", async () => {
    const { stdout } = await publish("--regions", "all", "--arch", "arm64", "--name", "every", "--json");
    expect(Object.keys(JSON.parse(stdout))).toEqual(["eu-west-1", "us-east-1"]);
  });

  it.each([
    { what: "a Region that is none", args: ["--regions", "Ireland"], status: 2, says: /Use for example eu-west-1/ },
    { what: "no Region", args: [], status: 2, says: /--regions <regions>/ },
    {
      what: "an organization that is none",
      args: ["--regions", "all", "--organization", "acme"],
      status: 2,
      says: /o-a1b2c3d4e5/,
    },
    { what: "a zip that is not there", args: ["--regions", "all", "--live"], status: 1, says: /npm run build/ },
  ])("reports $what", async ({ args, status, says }) => {
    const ended = await publish(...args);
    expect(ended).toMatchObject({ status, stdout: "" });
    expect(ended.stderr).toMatch(says);
  });

  async function versionsOf(name: string) {
    const client = new LambdaClient(clientConfig(moto.url));
    return (await client.send(new ListLayerVersionsCommand({ LayerName: name }))).LayerVersions;
  }
});

/** What is in a zip is of no concern here. */
function writeZip({ folder }: Tool, key: string, content: string): void {
  const zip = zipSync({ wrapper: Buffer.from(content) });
  writeFileSync(join(folder, "dist", `secrets-wrapper-${key}.zip`), zip);
}
