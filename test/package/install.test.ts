import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { unzipSync } from "fflate";
import { ARCHITECTURE, ROOT } from "../../layer/paths.ts";
import { environmentWithLayer } from "../support/layer-of-zip.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { installPackage, runInstalled } from "../support/packed-package.ts";
import { missingForRoot } from "../support/root.ts";
import { lambdaEnv } from "../support/run.ts";
import { startStore } from "../support/store.ts";

jest.setTimeout(1_200_000);

/** The modules of an app, as its package.json says. */
const TYPES = ["commonjs", "module"];

describeUnless(missingForRoot() ?? missingProgram(["python3"]), "the npm package, in an empty folder,", () => {
  let folder: string;
  beforeAll(() => {
    folder = installPackage();
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  it("is installed alone", () => {
    const names = readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."));
    expect(names).toEqual(["lambda-secrets-wrapper"]);
  });

  it.each([
    ["x86_64", 62],
    ["arm64", 183],
  ])("names the zip for %s, whose engine is for that machine", (architecture, machine) => {
    const zip = runInstalled(folder, ["layer", "--arch", architecture]).trim();
    const { "secrets-wrapper/engine": engine = new Uint8Array() } = unzipSync(readFileSync(zip));
    expect(zip).toContain(join(folder, "node_modules", "lambda-secrets-wrapper"));
    // e_machine in the header of an ELF file.
    expect(Buffer.from(engine).readUInt16LE(18)).toBe(machine);
  });

  describe("with CDK,", () => {
    beforeAll(() => {
      for (const name of ["aws-cdk-lib", "constructs", "@types"]) {
        symlinkSync(join(ROOT, "node_modules", name), join(folder, "node_modules", name));
      }
      for (const type of TYPES) {
        mkdirSync(join(folder, type));
        writeFileSync(join(folder, type, "package.json"), JSON.stringify({ type }));
        writeFileSync(join(folder, type, "app.ts"), APP);
      }
      writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(TSCONFIG));
      execFileSync(join(ROOT, "node_modules", ".bin", "tsc"), [], { cwd: folder, stdio: ["ignore", 2, 2] });
    });

    it.each(TYPES)("lets an app of type %s synthesize a function that finds its secrets", async (type) => {
      const output = join(folder, type, "cdk.out");
      execFileSync(process.execPath, [join(type, "app.js")], {
        cwd: folder,
        env: { ...process.env, CDK_OUTDIR: output },
      });
      const { variables, zip } = readTemplate(output);
      const store = await startStore({ "prod/db": '{"password":"password-value"}' });
      try {
        const found = await environmentWithLayer(zip, { ...lambdaEnv(store.url, "{}"), ...variables });
        expect(found).toMatchObject({ DB_PASSWORD: "password-value", LOG_LEVEL: "info" });
      } finally {
        store.close();
      }
    });
  });
});

const APP = `
import { App, Stack } from "aws-cdk-lib";
import { Architecture, Code, Function as LambdaFunction, Runtime } from "aws-cdk-lib/aws-lambda";
import { SecretsWrapper } from "lambda-secrets-wrapper";

const app = new App();
const stack = new Stack(app, "Stack");
const fn = new LambdaFunction(stack, "Function", {
  runtime: Runtime.PYTHON_3_13,
  handler: "app.handler",
  architecture: Architecture.${{ x86_64: "X86_64", arm64: "ARM_64" }[ARCHITECTURE]},
  code: Code.fromInline("def handler(event, context): pass"),
  environment: { LOG_LEVEL: "info" },
});
new SecretsWrapper(stack, "Secrets", { secrets: { DB_PASSWORD: "prod/db:password" } }).addTo(fn);
app.synth();
`;

/** As `cdk init` has it. */
const TSCONFIG = {
  compilerOptions: {
    target: "ES2022",
    module: "NodeNext",
    moduleResolution: "NodeNext",
    lib: ["es2022"],
    types: ["node"],
    strict: true,
    skipLibCheck: false,
  },
};

type Resource = { Type: string; Properties: { Environment?: Environment; Content?: { S3Key: string } } };
type Environment = { Variables: Record<string, string> };

/** The function's variables, and the layer's zip, which CDK would upload. */
function readTemplate(folder: string): { variables: Record<string, string>; zip: string } {
  const template = JSON.parse(readFileSync(join(folder, "Stack.template.json"), "utf8"));
  const resources: Resource[] = Object.values(template.Resources);
  const propertiesOf = (type: string) => resources.find(({ Type }) => Type === type)?.Properties;
  return {
    variables: propertiesOf("AWS::Lambda::Function")?.Environment?.Variables ?? {},
    zip: join(folder, `asset.${propertiesOf("AWS::Lambda::LayerVersion")?.Content?.S3Key}`),
  };
}
