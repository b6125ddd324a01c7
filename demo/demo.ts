// Usage: npm run demo [-- --break]. Starts real programs through the wrapper, with a secret store of its own.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lambdaEnv, run } from "../test/support/run.ts";
import { type Store, startStore } from "../test/support/store.ts";
import { readOptions } from "./options.ts";
import { findPrograms, type Program } from "./programs.ts";
import { BROKEN, EXPECTED, REFERENCES, STORED } from "./secrets.ts";
import { formatTable } from "./table.ts";
import { buildWrapper, type Wrapper } from "./wrapper.ts";

const options = readArguments();
if (options) await demo(options.isOfMistakes ? showFailure : showPrograms);

function readArguments() {
  try {
    return readOptions(process.argv.slice(2), process.env);
  } catch (error) {
    console.error(`${(error as Error).message}. The only option is --break: npm run demo -- --break`);
    process.exitCode = 2;
    return undefined;
  }
}

async function demo(show: (wrapper: Wrapper, store: Store) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "secrets-wrapper-demo-"));
  const wrapper = await buildWrapper(folder);
  const store = await startStore(STORED);
  await show(wrapper, store);
  store.close();
  rmSync(folder, { recursive: true });
}

async function showPrograms({ path, host }: Wrapper, { url }: Store): Promise<void> {
  const programs = findPrograms();
  print("", "An embedded Secrets Manager holds three made-up secrets; no AWS account is used.");
  print("", "SECRETS is all that is configured:", "", ...JSON.stringify(REFERENCES, null, 2).split("\n"));
  print("", `What each program then finds in its environment, started through the wrapper on ${host}:`, "");
  const seen = await Promise.all(programs.map((program) => valuesSeenBy(program, path, url)));
  const rows = EXPECTED.map(({ name, value, from }, row) => [
    name,
    JSON.stringify(value),
    ...seen.map((values) => (values[row] === value ? "✓ exact" : "✗ DIFFERS")),
    from,
  ]);
  print(...formatTable(["Variable", "Value, as JSON", ...programs.map(({ name }) => name), "From"], rows), "");
  print(`Times on ${host} (the fastest of three):`, "");
  for (const program of programs) print(await describeTime(program, path, url));
  print("", "Now see what a mistake looks like: npm run demo -- --break");
  if (rows.flat().includes("✗ DIFFERS")) process.exitCode = 1;
}

async function valuesSeenBy({ command }: Program, wrapper: string, url: string): Promise<string[]> {
  const names = EXPECTED.map(({ name }) => name);
  const { stdout, stderr } = await run(wrapper, command(names), lambdaEnv(url, REFERENCES));
  process.stderr.write(stderr);
  return stdout.toString().split("\0");
}

async function describeTime({ name, command }: Program, wrapper: string, url: string): Promise<string> {
  const program = command([]);
  const wrapped = await fastestOfThree([wrapper, ...program], url);
  const alone = await fastestOfThree(program, url);
  return `${name.padEnd(8)} ${format(wrapped)} with its secrets, ${format(alone)} without any`;
}

async function fastestOfThree([file = "", ...args]: string[], url: string): Promise<number> {
  const env = lambdaEnv(url, REFERENCES);
  const times: number[] = [];
  while (times.length < 3) times.push((await run(file, args, env)).ms);
  return Math.min(...times);
}

async function showFailure({ path, host }: Wrapper, { url }: Store): Promise<void> {
  print("", "SECRETS has three mistakes:", "", ...JSON.stringify(BROKEN, null, 2).split("\n"));
  print("", "$ wrapper echo 'the program was started'", "");
  const { status, stdout, stderr } = await run(path, ["echo", "the program was started"], lambdaEnv(url, BROKEN));
  print(...stderr.trimEnd().split("\n"), "");
  const wasStarted = stdout.length > 0;
  print(`Exit status ${status}; the program was ${wasStarted ? "STARTED" : "not started"}. (On ${host}.)`);
  if (wasStarted || status === 0) process.exitCode = 1;
}

function format(ms: number): string {
  return `${ms.toFixed(0).padStart(4)} ms`;
}

function print(...lines: string[]): void {
  for (const line of lines) console.log(line === "" ? "" : `  ${line}`);
}
