// What the README begins with, and what docs/operating.md shows of a check, against moto.

import { blockOf, README, readDocument, sectionOf, textIn } from "../support/documents.ts";
import { storeParameters, storeSecrets } from "../support/example-stores.ts";
import { type Moto, startMoto } from "../support/moto.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { WRAPPERS } from "../support/trees.ts";

const FIRST = sectionOf(README, "# secrets-wrapper");
const SECRETS = textIn(FIRST, /^SECRETS += (\{.*\})$/m);
const CHECK = sectionOf(readDocument("docs", "operating.md"), "## Check a configuration in the function");

describeWith("python3", "with the examples' secrets and parameters", () => {
  let moto: Moto;
  beforeAll(async () => {
    moto = await startMoto();
    await storeSecrets(moto.url);
    await storeParameters(moto.url);
  });
  afterAll(() => moto.stop());

  describe.each(WRAPPERS)("on %s", (_, wrapper) => {
    it("the README's first lines are what a function reads, and logs", async () => {
      const program = `import os\nprint(${textIn(FIRST, /^```python\n(os\S+)/m)})`;
      const env = { ...lambdaEnv(moto.url, SECRETS), SECRETS_LOG_LEVEL: "INFO" };
      const ended = await run(wrapper, ["python3", "-c", program], env);
      expect([ended.status, String(ended.stdout)]).toEqual([0, "sixteen letters!\n"]);
      expect(withoutTime(ended.stderr)).toBe(withoutTime(textIn(FIRST, /^```\n(\[secrets-wrapper\] INFO.*?)^```/ms)));
    });

    it("the README shows what is logged where a key is not there", async () => {
      const ended = await run(wrapper, ["true"], lambdaEnv(moto.url, { DB_PASSWORD: "prod/db:pasword" }));
      expect(ended.stderr).toBe(textIn(FIRST, /^```\n(\[secrets-wrapper\] ERROR.*?)^```/ms));
    });

    it("docs/rotation.md shows the line of a version", async () => {
      const env = { ...lambdaEnv(moto.url, { DB_PASSWORD: "prod/db:password" }), SECRETS_LOG_LEVEL: "DEBUG" };
      const ended = await run(wrapper, ["true"], env);
      const shown = blockOf(readDocument("docs", "rotation.md"), "## Which version an environment has");
      expect(withoutVersion(String(ended.stderr))).toContain(withoutVersion(shown));
    });

    it("docs/operating.md has a line of Python that checks in a function, and what it prints", async () => {
      const line = textIn(CHECK, /^```python\n(subprocess.*--check.*)\n```$/m).replace("/opt/wrapper", wrapper);
      const env = lambdaEnv(moto.url, { DB_PASSWORD: "prod/db:password" });
      const ended = await run(wrapper, ["python3", "-c", `import subprocess\n${line}`], env);
      const shown = textIn(CHECK, /^```\n(VARIABLE .*?)^```/ms);
      expect([ended.status, withoutVersion(String(ended.stdout))]).toEqual([0, withoutVersion(shown)]);
    });
  });
});

/** Of a start's summary. */
function withoutTime(line: string): string {
  return line.replace(/in \d+ ms/, "in N ms");
}

/** Version and time differ from run to run. */
function withoutVersion(table: string): string {
  return table.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "ID").replaceAll(/\d{4}-\d\d-\d\dT[\d:.]{8,}/g, "TIME");
}
