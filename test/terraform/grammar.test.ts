import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import type { Entry } from "../../core/config/parse.ts";
import type { Fault } from "../../core/fault/fault.ts";
import { logFaults } from "../../core/fault/report.ts";
import { findFaults, parseSecrets } from "../core/parse-secrets.ts";
import { secretsOfPieces } from "../fuzz/references.ts";
import { runs } from "../fuzz/runs.ts";
import { GRAMMAR } from "../support/grammar.ts";
import { describeUnless } from "../support/needs.ts";
import { copyOfTerraform, missingTerraform, terraform } from "../support/terraform.ts";

const RANDOM = fc.sample(secretsOfPieces, runs(0.0005));

describeUnless(missingTerraform(), "the module reads SECRETS as the fetcher does:", () => {
  let outcomes: Outcome[];
  beforeAll(async () => {
    outcomes = await readAll([...GRAMMAR.map(({ secrets }) => secrets), ...RANDOM]);
  }, 300_000);

  it.each(GRAMMAR.map(({ name, secrets }, index) => ({ name, secrets, index })))("$name", ({ secrets, index }) => {
    expect(outcomes[index]).toEqual(expectedOf(secrets));
  });

  it("whatever it is", () => {
    const differing = RANDOM.filter((secrets, index) => {
      const { status, messages = [] } = outcomes[GRAMMAR.length + index] ?? {};
      const expected = expectedOf(secrets);
      // The module compares the paths of wrong entries, too: whether one is right may be known only after apply.
      const said = messages.filter((message) => expected.messages.includes(message) || !SHARED_PATH.test(message));
      return status !== expected.status || said.join() !== expected.messages.join();
    });
    expect(differing).toEqual([]);
  });
});

const SHARED_PATH = /Give each entry its own path\. \[DuplicateEntry\]$/;

/** How a run ended, and what was said, in any order. */
type Outcome = { status: string; messages: string[] };

function expectedOf(secrets: unknown): Outcome {
  const faults = findFaults(JSON.stringify(secrets));
  return { status: faults.length > 0 ? "error" : "pass", messages: faults.map(sentence).sort() };
}

async function readAll(cases: unknown[]): Promise<Outcome[]> {
  const copy = copyOfTerraform();
  const module = join(copy, "modules", "references");
  mkdirSync(join(module, "tests"));
  // A file each: a run that fails is the last of its file.
  for (const [index, secrets] of cases.entries()) {
    writeFileSync(join(module, "tests", `${index}.tftest.json`), testOf(secrets));
  }
  await terraform(module, ["init", "-backend=false"]);
  const { stdout } = await terraform(module, ["test", "-json"]);
  rmSync(copy, { recursive: true });
  const outcomes = cases.map((): Outcome => ({ status: "", messages: [] }));
  for (const line of stdout.split("\n")) if (line) record(outcomes, JSON.parse(line));
  return outcomes.map(({ status, messages }) => ({ status, messages: messages.sort() }));
}

/** Of what `terraform test -json` prints. */
type Line = {
  "@testfile"?: string;
  test_run?: { progress: string; status: string };
  diagnostic?: { detail: string };
};

function record(outcomes: Outcome[], { "@testfile": file = "", test_run: run, diagnostic }: Line): void {
  const outcome = outcomes[Number(/\d+/.exec(file))];
  if (!outcome) return;
  if (run?.progress === "complete") outcome.status = run.status;
  if (diagnostic) outcome.messages.push(...diagnostic.detail.replace(/\n\nThis was checked by.*/s, "").split("\n"));
}

/** A run that holds only if the module takes the same secrets and parameters from these entries as the fetcher. */
function testOf(secrets: unknown): string {
  const { entries } = parseSecrets(JSON.stringify(secrets));
  const references = Object.fromEntries(entries.map((entry) => [entry.subject, asModule(entry)]));
  const keys = Object.keys(references).sort().concat("id", "kind", "optional", "recursive");
  const expected = template(JSON.stringify(references, keys));
  return JSON.stringify({
    run: {
      case: {
        command: "plan",
        variables: { secrets: JSON.parse(template(JSON.stringify(secrets))) },
        assert: [{ condition: `\${jsonencode(output.references) == ${JSON.stringify(expected)}}`, error_message: "" }],
      },
    },
  });
}

function asModule({ reference, optional, default: fallback }: Entry) {
  const recursive = reference.kind === "path" && reference.recursive;
  return { id: reference.id, optional: optional || fallback !== undefined, kind: reference.kind, recursive };
}

/** Escapes Terraform's templates. */
function template(string: string): string {
  return string.replace(/[$%](?=\{)/g, "$&$&");
}

/** As the log says it. */
function sentence(fault: Fault): string {
  const lines: string[] = [];
  logFaults(
    { type: "Runtime.InvalidSecretsConfiguration", faults: [fault] },
    (_, message) => lines.push(String(message)),
    "",
  );
  return lines[0] ?? "";
}
