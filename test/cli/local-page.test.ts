// The commands of docs/local.md, as they stand there.

import { chmodSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { CANARY } from "../support/canary.ts";
import { bundledTool, type Tool } from "../support/cli.ts";
import { describeUnless } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";

const PAGE = readFileSync(join(ROOT, "docs", "local.md"), "utf8");
const blocks = [...PAGE.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, block = ""]) => block);

const ENTRIES = '{"DB_PASSWORD": "prod/db:password"}';
const PRINT = "process.stdout.write(process.env.DB_PASSWORD)";

let store: Store;
let tool: Tool;
beforeAll(async () => {
  [store, tool] = await Promise.all([startStore({ "prod/db": JSON.stringify({ password: CANARY }) }), bundledTool()]);
});
afterAll(() => {
  store.close();
  tool.remove();
});

describeUnless(process.platform === "win32" ? "these blocks are a POSIX shell's" : undefined, "docs/local.md", () => {
  it("has commands", () => expect(blocks.length).toBeGreaterThan(4));

  it.each(blocks)("has commands that give what they say: %s", async (block) => {
    const ended = await run("/bin/sh", ["-euc", `cd '${tool.folder}'\n${block}`], environment());
    expect(ended).toMatchObject({ status: 0, stderr: "" });
    const isCheck = block.includes(" check ");
    expect(String(ended.stdout)).toMatch(isCheck ? /^VARIABLE .*\nDB_PASSWORD +prod\/db:password .* found\n$/ : CANARY);
  });
});

/** Of a machine with a profile, and with stand-ins for what is not installed. */
function environment(): Record<string, string> {
  const bin = join(tool.folder, "bin");
  mkdirSync(join(tool.folder, ".aws"), { recursive: true });
  mkdirSync(bin, { recursive: true });
  const scripts = {
    npx: `test "$1" = lambda-secrets-wrapper; shift; exec '${process.execPath}' '${tool.cli}' "$@"`,
    npm: 'test "$*" = start; exec node app.js',
    aws: `case "$*" in "lambda get-function-configuration "*) echo '${ENTRIES}';; *) exit 1;; esac`,
    docker: `test "$*" = "run --rm --env DB_PASSWORD app"; exec node '${join(tool.folder, "app.js")}'`,
  };
  for (const [name, script] of Object.entries(scripts)) {
    writeFileSync(join(bin, name), `#!/bin/sh -eu\n${script}\n`);
    chmodSync(join(bin, name), 0o755);
  }
  const files = {
    "app.js": PRINT,
    "secrets.yaml": ENTRIES,
    ".aws/config": "[profile dev]\nregion=eu-west-1\naws_access_key_id=A\naws_secret_access_key=S\n",
  };
  for (const [name, text] of Object.entries(files)) writeFileSync(join(tool.folder, name), text);
  const { SECRETS: none, ...env } = lambdaEnv(store.url, {});
  const limits = { SECRETS_TIMEOUT: "60", SECRETS_LOG_LEVEL: "ERROR" };
  return { ...env, ...limits, HOME: tool.folder, PATH: [bin, process.env.PATH].join(delimiter) };
}
