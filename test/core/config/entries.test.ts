import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readEntries } from "../../../core/config/entries.ts";
import { faultOf } from "../../../core/config/entry-fault.ts";
import { expectFaults } from "../expect-problems.ts";

const folder = mkdtempSync(join(tmpdir(), "entries-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Of SECRETS and of a file: JSON is YAML. */
function read(secrets: unknown, yaml: string) {
  writeFileSync(join(folder, "secrets.yaml"), yaml);
  const SECRETS = secrets === undefined ? undefined : JSON.stringify(secrets);
  return readEntries({ SECRETS, SECRETS_FILE: "secrets.yaml", LAMBDA_TASK_ROOT: folder });
}

async function subjectsOf(secrets: unknown, yaml: string) {
  const { entries, faults } = await read(secrets, yaml);
  expect(faults).toEqual([]);
  return entries.map(({ subject }) => subject);
}

it("are those of SECRETS, of the file, or of both, whatever their forms", async () => {
  expect((await readEntries({ SECRETS: '["x"]', SECRETS_FILE: "" })).entries).toMatchObject([
    { subject: "SECRETS[0]" },
  ]);
  expect(await subjectsOf(undefined, "A: x\nB: y")).toEqual(["A", "B"]);
  expect(await subjectsOf({ A: "x" }, "B: y")).toEqual(["A", "B"]);
  expect(await subjectsOf({ A: "x" }, "- y\n- z")).toEqual(["A", "SECRETS_FILE[0]", "SECRETS_FILE[1]"]);
  expect(await subjectsOf(["x"], "A: y")).toEqual(["SECRETS[0]", "A"]);
  expect(await subjectsOf(["x"], "- x")).toEqual(["SECRETS[0]", "SECRETS_FILE[0]"]);
  expect(await subjectsOf({}, "[]")).toEqual([]);
});

it("have a location only in the file", async () => {
  const { entries } = await read({ A: "x" }, "B: y");
  const [inVariable, inFile] = entries.map((entry) => faultOf(entry, { code: "", cause: "", remedy: "" }));
  expect(inVariable).not.toHaveProperty("location");
  expect(inFile).toHaveProperty("location", "secrets.yaml:1:1");
});

it("may not be in both, even where they are wrong", async () => {
  const { faults } = await read({ A: "x", B: 1, "*": "x", C: "x" }, "D: x\n'*': z\nB: y\nA: x");
  expectFaults(
    faults,
    ["B", "InvalidReference", /not a number/, /./],
    ["*", "DuplicateEntry", /in both SECRETS and SECRETS_FILE/, /Keep one/],
    ["B", "DuplicateEntry", /in both SECRETS and SECRETS_FILE/, /Keep one/],
    ["A", "DuplicateEntry", /in both SECRETS and SECRETS_FILE/, /Keep one/],
  );
  expect(faults.map(({ location }) => location)).toEqual([
    undefined,
    "secrets.yaml:2:1",
    "secrets.yaml:3:1",
    "secrets.yaml:4:1",
  ]);
});

it("have faults with their locations, those of SECRETS and of the file at once", async () => {
  const { faults } = await read({ "a-b": "x" }, "A: 5\nB: {secret: x, secret: y}\nB: z\nC: {kye: x}");
  expect(faults.map(({ subject, code, location }) => [subject, code, location])).toEqual([
    ["a-b", "InvalidName", undefined],
    ["A", "InvalidReference", "secrets.yaml:1:1"],
    ["B", "DuplicateEntry", "secrets.yaml:2:1"],
    ["C", "InvalidOption", "secrets.yaml:4:1"],
    ["C", "UnknownOption", "secrets.yaml:4:1"],
    ["B", "DuplicateEntry", "secrets.yaml:3:1"],
  ]);
});

it("have the faults of SECRETS also where the file cannot be read", async () => {
  const { faults } = await readEntries({ SECRETS: "{", SECRETS_FILE: "/no/such.yaml" });
  expect(faults.map(({ subject, code }) => `${subject} ${code}`)).toEqual([
    "SECRETS InvalidJson",
    "SECRETS_FILE UnreadableFile",
  ]);
});

it("must be somewhere", async () => {
  const { faults } = await readEntries({});
  expectFaults(faults, [
    "SECRETS",
    "NoSecrets",
    /neither SECRETS nor SECRETS_FILE/,
    /\{\} for no secrets.*SECRETS_FILE/,
  ]);
});
