import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Fault, SecretsError } from "../../fetcher/fault.ts";
import { parseSecrets } from "../../fetcher/parse.ts";
import { logFaults } from "../../fetcher/report.ts";
import { GRAMMAR } from "../support/grammar.ts";
import { describeUnless } from "../support/needs.ts";
import { copyOfTerraform, missingTerraform, terraform } from "../support/terraform.ts";

describeUnless(missingTerraform(), "the module reads SECRETS as the fetcher does:", () => {
  const outcomes = new Map<string, Outcome>();

  beforeAll(async () => {
    const module = join(copyOfTerraform(), "modules", "references");
    mkdirSync(join(module, "tests"));
    // A file each: a run that fails is the last of its file.
    for (const [index, { secrets }] of GRAMMAR.entries()) {
      writeFileSync(join(module, "tests", `${index}.tftest.json`), testOf(secrets));
    }
    await terraform(module, ["init", "-backend=false"]);
    const { stdout } = await terraform(module, ["test", "-json"]);
    for (const line of stdout.split("\n")) if (line) record(JSON.parse(line));
    rmSync(module, { recursive: true });
  }, 120_000);

  it.each(GRAMMAR.map(({ name, secrets }, index) => ({ name, secrets, index })))("$name", ({ secrets, index }) => {
    const { status, messages } = outcomes.get(`tests/${index}.tftest.json`) ?? {};
    const { faults } = parseSecrets(JSON.stringify(secrets));
    expect(messages?.sort()).toEqual(faults.map(sentence).sort());
    expect(status).toBe(faults.length > 0 ? "error" : "pass");
  });

  type Outcome = { status: string; messages: string[] };
  /** Of what `terraform test -json` prints. */
  type Line = {
    "@testfile": string;
    test_run?: { progress: string; status: string };
    diagnostic?: { detail: string };
  };

  function record({ "@testfile": file, test_run: run, diagnostic }: Line): void {
    const outcome = outcomes.get(file) ?? { status: "", messages: [] };
    if (run?.progress === "complete") outcome.status = run.status;
    if (diagnostic) outcome.messages.push(...diagnostic.detail.replace(/\n\nThis was checked by.*/s, "").split("\n"));
    outcomes.set(file, outcome);
  }
});

/** A run that holds only if the module takes the same secrets and parameters from these entries as the fetcher. */
function testOf(secrets: unknown): string {
  const { entries } = parseSecrets(JSON.stringify(secrets));
  const references = Object.fromEntries(
    entries.map(({ subject, reference: { source, id } }) => [subject, { id, source }]),
  );
  const expected = template(JSON.stringify(references, Object.keys(references).sort().concat("id", "source")));
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

/** What Terraform would replace in a text, written so that it stays. */
function template(text: string): string {
  return text.replace(/[$%](?=\{)/g, "$&$&");
}

/** As the log says it. */
function sentence(fault: Fault): string {
  const lines: string[] = [];
  logFaults(new SecretsError("Runtime.InvalidSecretsConfiguration", [fault]), (_, message) => lines.push(message), "");
  return lines[0] ?? "";
}
