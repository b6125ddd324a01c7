import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { unzipSync } from "fflate";
import { awsEnv, type Moto, startMoto } from "../support/moto.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { packedPackage } from "../support/packed-package.ts";
import { missingProvider, terraformOutput } from "../support/terraform.ts";
import { resourcesOf } from "../support/terraform-state.ts";
import { missingLayer } from "../support/trees.ts";

jest.setTimeout(1_200_000);

const missing = missingLayer ?? missingProgram(["python3"]) ?? missingProvider();

describeUnless(missing, "the module's archive, from a URL,", () => {
  let moto: Moto;
  let server: Server;
  let folder: string;
  let sums: Record<string, string>;
  let resources: Map<string, Record<string, unknown>>;
  beforeAll(async () => {
    const { archive } = packedPackage();
    sums = sumsIn(archive);
    server = createServer(({ url }, response) => {
      if (new URL(url ?? "", "http://host").pathname === `/${basename(archive)}`) response.end(readFileSync(archive));
      else response.writeHead(404).end();
    }).listen(0, "127.0.0.1");
    moto = await startMoto();
    folder = mkdtempSync(join(tmpdir(), "terraform-archive-"));
    const { port } = server.address() as AddressInfo;
    writeFileSync(join(folder, "main.tf"), configuration(`http://127.0.0.1:${port}/${basename(archive)}`));
    await terraformOutput(folder, ["init"], awsEnv(moto.url));
    await terraformOutput(folder, ["apply", "-auto-approve"], awsEnv(moto.url));
    resources = resourcesOf(await terraformOutput(folder, ["show", "-json"], awsEnv(moto.url)));
  });
  afterAll(() => {
    server.close();
    moto.stop();
    rmSync(folder, { recursive: true });
  });

  it("has no time and no order of the machine that made it", () => {
    const list = execFileSync("python3", ["-m", "zipfile", "-l", packedPackage().archive], { encoding: "utf8" });
    const [, ...files] = list.trim().split("\n");
    expect(files.filter((line) => !line.includes(" 1980-01-01 00:00:00 "))).toEqual([]);
    expect(files).toEqual(files.toSorted());
  });

  it.each([
    ["plain", "x86_64"],
    ["arm", "arm64"],
    ["live", "live_x86_64"],
  ])("publishes the zip beside it that the function %s needs", (name, key) => {
    expect(publishedBy(`module.${name}.module.layer[0]`)).toEqual([[key, sums[key]]]);
  });

  it("publishes all zips beside it where modules/layer is used", () => {
    expect(Object.fromEntries(publishedBy("module.layer"))).toEqual(sums);
  });

  it("publishes nothing for a function with a layer, were its ARN known only after apply", () => {
    for (const name of ["given", "later", "later_of_all"])
      expect(publishedBy(`module.${name}.module.layer[0]`)).toEqual([]);
  });

  function publishedBy(module: string): [key: string, sum: unknown][] {
    const prefix = `${module}.aws_lambda_layer_version.this["`;
    const layers = [...resources].filter(([address]) => address.startsWith(prefix));
    return layers.map(([address, { code_sha256 }]) => [address.slice(prefix.length, -2), code_sha256]);
  }
});

/** The checksums of the zips in an archive, by the keys of modules/layer. */
function sumsIn(archive: string): Record<string, string> {
  const zips = Object.entries(unzipSync(readFileSync(archive))).filter(([name]) => name.endsWith(".zip"));
  return Object.fromEntries(
    zips.map(([name, content]) => [
      name.replace(/^secrets-wrapper-(.*)\.zip$/, "$1").replace("live-", "live_"),
      createHash("sha256").update(content).digest("base64"),
    ]),
  );
}

function configuration(source: string): string {
  const arn = "arn:aws:lambda:eu-west-1:111122223333:layer:secrets-wrapper-x86_64:7";
  const moduleWith = (name: string, inputs = "") =>
    `module "${name}" {\nsource = "${source}"\nsecrets = { A = "prod/a" }\n${inputs}\n}`;
  return [
    moduleWith("plain"),
    moduleWith("arm", 'architecture = "arm64"'),
    moduleWith("live", "live = true"),
    moduleWith("given", `layer_arn = "${arn}"`),
    moduleWith("later", "layer_arn = terraform_data.arn.output"),
    moduleWith("later_of_all", "layer_arns = terraform_data.arns.output"),
    `resource "terraform_data" "arn" { input = "${arn}" }`,
    `resource "terraform_data" "arns" { input = tomap({ x86_64 = "${arn}" }) }`,
    `module "layer" { source = "${source}//modules/layer" }`,
  ].join("\n");
}
