// The commands and configurations that the README and the pages of docs/ show, beside those that other tests run.

import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { transformSync } from "esbuild";
import { parse } from "yaml";
import { loadProxy } from "../core/config/load-proxy.ts";
import { readSettings } from "../core/config/settings.ts";
import type { Fault } from "../core/fault/fault.ts";
import { logFaults } from "../core/fault/report.ts";
import { createLog } from "../core/host/log.ts";
import { parseSecrets } from "./core/parse-secrets.ts";
import { drawColdStart, PICTURES } from "./support/cold-start-picture.ts";
import { blockOf, blocksIn, README, readDocument, sectionOf } from "./support/documents.ts";
import { describeWith } from "./support/needs.ts";
import { allFaults, lineOf } from "./support/problems/all-faults.ts";
import { pythonTools } from "./support/tools.ts";

const NAMES = ["chaining", "comparison", "containers", "contributing", "design", "errors", "iam", "live-cache"];
const MORE_NAMES = ["network", "operating", "retries", "rotation", "secrets", "spire"];
const PAGES = new Map([...NAMES, ...MORE_NAMES].map((name) => [name, readDocument("docs", `${name}.md`)]));
const page = (name: string) => PAGES.get(name) ?? "";
const ALL = [README, ...PAGES.values()].join("\n");

describe("the README", () => {
  it("has at most 200 lines", () => {
    expect(README.trimEnd().split("\n").length).toBeLessThanOrEqual(200);
  });

  it.each(PICTURES)("has the picture $name, as npm run docs draws it", async ({ name, theme }) => {
    expect(README).toContain(`"./docs/${name}"`);
    expect(readDocument("docs", name)).toBe(await drawColdStart(theme));
  });

  it.each([
    ["### SAM", "Resources.Function.Properties.Environment.Variables"],
    ["### Serverless Framework", "functions.app.environment"],
  ])("has under %s YAML whose variables are right", (heading, path) => {
    const template = parse(blockOf(README, heading, "yaml"), { logLevel: "silent" });
    const variables = path.split(".").reduce((value, key) => value[key], template);
    expect(variables.AWS_LAMBDA_EXEC_WRAPPER).toBe("/opt/wrapper");
    expect(parseSecrets(variables.SECRETS)).toMatchObject({ faults: [], entries: [{ subject: "DB_PASSWORD" }] });
    expect(JSON.stringify(template)).toContain("node_modules/lambda-secrets-wrapper/dist/secrets-wrapper-x86_64.zip");
  });

  it("has TypeScript that can be read", () => {
    const { code } = transformSync(blockOf(README, "### CDK", "ts"), { loader: "ts" });
    expect(code).toContain("secrets.addTo(fn)");
  });

  it("has an image that docs/containers.md has as well", () => {
    expect(page("containers")).toContain(blockOf(README, "### Image, `provided.*`", "dockerfile"));
  });
});

it("the pages name scripts of package.json", () => {
  const { scripts } = JSON.parse(readDocument("package.json"));
  const named = [...ALL.matchAll(/npm run (?:--silent )?([a-z]+)/g)].map(([, name = ""]) => name);
  expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
});

it("the pages name commands and options of the command line", () => {
  const named = [...ALL.matchAll(/lambda-secrets-wrapper ([a-z-]+)((?: --[a-z]+)*)/g)];
  expect(named.length).toBeGreaterThan(5);
  for (const [, command = "", options = ""] of named) {
    const source = readDocument("cli", "commands", `${command}.ts`);
    for (const option of options.split(" ").filter(Boolean)) expect(source).toContain(`"${option}`);
  }
});

it.each([...page("network").matchAll(/^```\n([A-Z].*?)^```/gms)].map(([, block = ""]) => block))(
  "docs/network.md has variables that are right: %s",
  async (block) => {
    const env = Object.fromEntries(block.split("\n").flatMap((line) => (line ? [line.split(/ += /)] : [])));
    expect(readSettings({ ...env, AWS_REGION: "eu-west-1" }).faults).toEqual([]);
    const proxyFor = await loadProxy(env);
    if (env.NO_PROXY) expect(proxyFor?.("https://ssm.eu-west-1.amazonaws.com")).toBeUndefined();
  },
);

describeWith("openssl", "docs/operating.md finds failed starts", () => {
  let fault: Fault;
  let error: string;
  beforeAll(async () => {
    [fault] = (await allFaults()) as [Fault];
    error = lineOf(fault);
  });

  it("by its queries", () => {
    const patterns = [...page("operating").matchAll(/@message(?: like)? \/(.*)\//g)].map(
      ([, pattern = ""]) => new RegExp(pattern),
    );
    expect(patterns).toHaveLength(3);
    for (const pattern of patterns) expect(error).toMatch(pattern);
    expect(patterns[2]?.exec(error)?.groups?.code).toBe("InvalidJson");
  });

  it("by the fields of JSON", () => {
    const lines: string[] = [];
    const log = createLog({ AWS_LAMBDA_LOG_FORMAT: "JSON" }, (line) => lines.push(line));
    logFaults({ type: "Runtime.SecretsUnavailable", faults: [fault] }, log, "The function was not started");
    const fields = { logger: "secrets-wrapper", message: expect.anything() };
    expect(lines.map((line) => JSON.parse(line))).toMatchObject([
      { ...fields, level: "ERROR", code: "InvalidJson" },
      { ...fields, level: "FATAL" },
    ]);
    for (const name of ["logger", "level"])
      expect(page("operating")).toMatch(new RegExp(`^filter .*\\b${name} = `, "m"));
  });

  it("by its metric filters", () => {
    const [text, json] = [...page("operating").matchAll(/pattern += "(.*)"$/gm)].map(([, pattern]) =>
      JSON.parse(`"${pattern}"`),
    );
    expect(`"${LAST_LINE.slice(0, text.length - 2)}"`).toBe(text);
    expect(json).toBe('{ $.logger = "secrets-wrapper" && $.level = "FATAL" }');
  });
});

describeWith("python3", "the commands of AWS's command line", () => {
  const commands = [...ALL.matchAll(/\baws ([a-z0-9]+ [a-z-]+[^`\n]*)/g)].map(([, command = ""]) => command);

  it("have operations and options that there are", () => {
    expect(commands.length).toBeGreaterThan(10);
    const python = join(pythonTools(), "python3");
    const options = { input: JSON.stringify(commands), encoding: "utf8" } as const;
    expect(JSON.parse(execFileSync(python, ["-c", CHECK_COMMANDS], options))).toEqual([]);
  });
});

it("blocks of JSON can be read", () => {
  for (const block of blocksIn(ALL, "json")) expect(() => JSON.parse(block)).not.toThrow();
});

/** Of every start that fails, in text. */
const LAST_LINE =
  sectionOf(README, "# secrets-wrapper")
    .split("\n")
    .find((line) => line.includes("FATAL")) ?? "";

/** By the models that AWS's command line is made of. */
const CHECK_COMMANDS = `
import json, re, sys
from botocore import xform_name
from botocore.session import Session

GLOBAL = {"--query", "--output", "--region", "--profile"}
session = Session()

def fault(command):
    service, operation, *words = command.split()
    if service == "sso":
        return None
    model = session.get_service_model(service)
    names = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in names:
        return f"{service} {operation}"
    shape = model.operation_model(names[operation]).input_shape
    known = {"--" + xform_name(name, "-") for name in (shape.members if shape else {})}
    unknown = [word for word in words if re.match("--[a-z]", word) and word not in known | GLOBAL]
    return f"{service} {operation} {unknown}" if unknown else None

print(json.dumps([found for found in map(fault, json.load(sys.stdin)) if found]))
`;
