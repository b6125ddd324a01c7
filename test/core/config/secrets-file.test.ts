import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import * as fc from "fast-check";
import { stringify } from "yaml";
import { checkOptions } from "../../../core/config/check-options.ts";
import { type EntryList, parseEntries } from "../../../core/config/parse.ts";
import { readSecretsFile } from "../../../core/config/secrets-file.ts";
import type { Fault } from "../../../core/fault/fault.ts";
import type { Result } from "../../../core/fault/result.ts";
import { elements, members } from "../../../core/json/json.ts";
import { CANARY, expectNoCanary } from "../../support/canary.ts";
import { anyText } from "../any-text.ts";
import { expectFaults } from "../expect-problems.ts";
import { parseSecrets } from "../parse-secrets.ts";

const folder = mkdtempSync(join(tmpdir(), "secrets-file-"));
afterAll(() => rmSync(folder, { recursive: true }));

function read(name: string, content: string) {
  writeFileSync(join(folder, name), content);
  return readSecretsFile(name, folder);
}

async function listOf(name: string, content: string): Promise<EntryList> {
  const found = await read(name, content);
  if (!found.ok) throw new Error(found.error.cause);
  return found.value;
}

async function faultOf(name: string, content: string): Promise<Fault> {
  return faultIn(await read(name, content));
}

function faultIn(found: Result<EntryList, Fault>): Fault {
  if (found.ok) throw new Error("no fault");
  return found.error;
}

describe("the location of an entry", () => {
  it.each([
    ["a.json", '{\n  "A": "x", "B": "y"\n}', ["a.json:2:3", "a.json:2:13"]],
    ["a.yaml", "# entries\nA: x\n'B' : {secret: y}\n", ["a.yaml:2:1", "a.yaml:3:1"]],
    ["a.YML", "\ufeffA: x\r\n\r\nB: y", ["a.YML:1:1", "a.YML:3:1"]],
  ])("in %s is that of its key", async (name, content, locations) => {
    const list = await listOf(name, content);
    expect(Array.from(members(list.json), ([, json]) => list.locationAt?.(json.offset))).toEqual(locations);
  });

  it.each([
    ["a.json", '[\n  "x", {"secret": "y"}]', ["a.json:2:3", "a.json:2:8"]],
    ["a.yaml", "- x\n-   secret: y\n", ["a.yaml:1:3", "a.yaml:2:5"]],
  ])("in a list in %s is its own", async (name, content, locations) => {
    const list = await listOf(name, content);
    expect(Array.from(elements(list.json), (json) => list.locationAt?.(json.offset))).toEqual(locations);
  });
});

describe("the path", () => {
  it("is absolute, or relative to the function's code, or where there is none to the current folder", async () => {
    const path = join(folder, "there.json");
    await read("there.json", "{}");
    const roots = ["/none", undefined, dirname(folder), folder];
    const files = [path, path, join(basename(folder), "there.json"), "there.json"];
    for (const [index, file] of files.entries()) {
      expect(await readSecretsFile(file, roots[index])).toMatchObject({ value: { name: "SECRETS_FILE" } });
    }
    expect(await readSecretsFile("package.json", undefined)).toMatchObject({ value: { name: "SECRETS_FILE" } });
  });

  it("that leads nowhere is told in whole", async () => {
    const fault = faultIn(await readSecretsFile("none.json", "/var/task"));
    expectFaults([fault], ["SECRETS_FILE", "UnreadableFile", /"\/var\/task\/none\.json"/, /LAMBDA_TASK_ROOT/]);
  });

  it.each(["secrets", "secrets.toml", "a.constructor", ".yaml.txt", "a.json/"])("%s is of no format", async (file) => {
    const fault = faultIn(await readSecretsFile(file, folder));
    expectFaults([fault], ["SECRETS_FILE", "InvalidSetting", /does not end in \.json, \.yaml/, /secrets\.yaml/]);
  });
});

describe("a file that holds no entries", () => {
  it.each([
    ["a.json", '{\n  "A": 1,\n}', "InvalidJson", /as JSON \(property name expected\)/, "a.json:3:1"],
    ["a.json", " \n", "InvalidJson", /as JSON \(it is empty\)/, "a.json"],
    ["a.json", ' "x"', "InvalidJson", /is JSON, but neither a map nor a list/, "a.json:1:2"],
    ["a.json", "[".repeat(201), "InvalidJson", /nested more than 200 levels deep/, "a.json"],
    ["a.yaml", "A: x\nB: 'y\n", "InvalidYaml", /as YAML \(missing char\)/, "a.yaml:3:1"],
    ["a.yml", "A: x\n*: y\n", "InvalidYaml", /begins with \* needs quotes/, "a.yml:2:1"],
    ["a.yaml", "", "InvalidYaml", /it is empty/, "a.yaml"],
    ["a.yaml", "# x\n", "InvalidYaml", /neither a map nor a list/, "a.yaml"],
    ["a.yaml", "# x\n prod/db", "InvalidYaml", /neither a map nor a list/, "a.yaml:2:2"],
    ["a.yaml", "[".repeat(300), "InvalidYaml", /nested more than 200 levels deep/, "a.yaml"],
    ["a.yaml", `${"[".repeat(201)}${"]".repeat(201)}`, "InvalidYaml", /nested more than 200 levels deep/, "a.yaml"],
    ["my a.yaml", "x", "InvalidYaml", /neither/, "my a.yaml:1:1"],
  ])("as %s with %j says where", async (name, content, code, cause, location) => {
    const fault = await faultOf(name, content);
    expectFaults([fault], ["SECRETS_FILE", code, cause, /DB_PASSWORD.*\{\} for no secrets/]);
    expect(fault.location).toBe(location);
  });

  it.each(["any.json", "any.yaml"])("is not quoted, whatever %s holds", async (name) => {
    await fc.assert(
      fc.asyncProperty(anyText, async (text) => {
        const found = await read(name, `${text}${CANARY}`);
        if (!found.ok) expectNoCanary(found.error);
      }),
    );
  });
});

it("gives for JSON and YAML what SECRETS gives", async () => {
  const text = fc.string({ unit: "binary" });
  const option = fc.oneof(fc.constantFrom("secret", "parameter", "key", "optional", "default", "__proto__"), text);
  const form = fc.oneof(text, fc.dictionary(option, fc.oneof(text, fc.boolean(), fc.jsonValue())), fc.jsonValue());
  const name = fc.oneof(fc.constantFrom("A", "*", "B_*", "PATH", "AWS_REGION"), text);
  await fc.assert(
    fc.asyncProperty(fc.oneof(fc.dictionary(name, form), fc.array(form)), async (secrets) => {
      const expected = withoutLocations(parseSecrets(JSON.stringify(secrets)));
      const files = { "same.json": JSON.stringify(secrets, null, 1), "same.yaml": stringify(secrets, NO_ALIASES) };
      for (const [file, content] of Object.entries(files)) {
        const list = await listOf(file, content);
        expect(withoutLocations(parseEntries({ ...list, name: "SECRETS" }, checkOptions))).toEqual(expected);
      }
    }),
    { numRuns: 200 },
  );
});

const NO_ALIASES = { aliasDuplicateObjects: false };

function withoutLocations({ entries, faults }: ReturnType<typeof parseSecrets>) {
  return {
    entries: entries.map(({ offset, locationAt, ...entry }) => entry),
    faults: faults.map(({ location, ...fault }) => fault),
  };
}
