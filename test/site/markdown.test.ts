import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { PAGES } from "../../site/sidebar.ts";
import { oncePerSources } from "../support/once.ts";
import { markdownTools, newerNode } from "../support/tools.ts";

const INSTALL_MS = 300_000;
const CONFIGURATION = [".markdownlint-cli2.jsonc", "cspell.json", "project-words.txt", "test/tools/markdown"];
const MESSAGES = ["cache", "cdk", "cli", "core", "fetcher", "policy"];

it("the pages are right in form, links and spelling, and the messages in spelling", checkAll, INSTALL_MS);

it("the project's words are sorted, each once", () => {
  const words = readFileSync(join(ROOT, "project-words.txt"), "utf8").trimEnd().split("\n");
  const lowerCase = words.map((word) => word.toLowerCase());
  expect(lowerCase).toEqual([...new Set(lowerCase)].sort());
});

async function checkAll(): Promise<void> {
  await oncePerSources("markdown", [...PAGES, ...MESSAGES, ...CONFIGURATION], () => {
    const tools = markdownTools();
    const run = (program: string, ...args: string[]) => runOnNewerNode([join(tools, program), ...args]);
    run("markdownlint-cli2/markdownlint-cli2-bin.mjs", ...PAGES);
    run("cspell/bin.mjs", "lint", "--no-progress", ...PAGES, ...MESSAGES.map((folder) => `${folder}/**/*.ts`));
    const validateLinks = join(tools, "remark-validate-links", "index.js");
    const plugins = ["--use", join(tools, "remark-gfm", "index.js"), "--use", `${validateLinks}=repository:false`];
    run("remark-cli/cli.js", "--frail", "--quiet", "--no-stdout", ...plugins, ...PAGES);
  });
}

/** What a check finds is in the message of what is thrown. */
function runOnNewerNode(args: string[]): void {
  try {
    execFileSync(join(newerNode(), "node"), args, { cwd: ROOT, encoding: "utf8", stdio: "pipe" });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${stdout}${stderr}`);
  }
}
