// docs/errors.md: its own text, and under each code the messages of the program.

import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { readDocument } from "./documents.ts";
import { allFaults, lineOf } from "./problems/all-faults.ts";
import { unescapeCell } from "./results-document.ts";

export type Message = { code: string; line: string };

export async function writeErrors(): Promise<void> {
  writeFileSync(join(ROOT, "docs", "errors.md"), await renderErrors());
}

/** The page as it is to be. */
export async function renderErrors(): Promise<string> {
  const page = readDocument("docs", "errors.md");
  const messages = distinct(await allMessages());
  const filled = page.replace(MESSAGES, (_, begin: string, code: string, end: string) => {
    const lines = messages.filter((message) => message.code === code).map(({ line }) => line);
    return `${begin}\n\n\`\`\`\n${lines.join("\n")}\n\`\`\`\n\n${end}`;
  });
  const links = documentedCodes(page).map((code) => `[\`${code}\`](#${code.toLowerCase()})`);
  return filled.replace(CODES, (_, begin: string, end: string) => `${begin}\n\n${links.join(" · ")}\n\n${end}`);
}

export function documentedCodes(page: string): string[] {
  return [...page.matchAll(/^### (\w+)$/gm)].map(([, code = ""]) => code);
}

/** What the program says, and what the end-to-end tests have seen in the log of faults of the services and the network. */
export async function allMessages(): Promise<Message[]> {
  const rows = [...readDocument("docs", "results.md").matchAll(/^\| (?:secret|parameter|path) \| .*? \| (.*) \|$/gm)];
  const provoked = rows.map(([, cell = ""]) => `[secrets-wrapper] ERROR ${unescapeCell(cell)}`);
  const lines = [...(await allFaults()).map(lineOf), ...provoked];
  return lines.flatMap((line) => {
    const [, code] = /\[(\w+)(?:: .*)?\]$/.exec(line) ?? [];
    return code === undefined ? [] : [{ code, line: withoutChance(line) }];
  });
}

/** The first of those that have the same cause. */
function distinct(messages: Message[]): Message[] {
  const keys = messages.map(keyOf);
  return messages.filter((_, index) => keys.indexOf(keys[index] ?? "") === index);
}

function keyOf({ code, line }: Message): string {
  // The first sentence: the cause, without names of secrets and numbers.
  const [sentence = ""] = line.replace(/^.*\(from "[^"]*"\): /, "").split(". ");
  return `${code} ${sentence.replaceAll(/"[^"]*"|[\d.]+|\([^)]*\)/g, "")}`;
}

/** Without what is different each time, or on each machine. */
function withoutChance(line: string): string {
  return line
    .replaceAll(/\/tmp\/causes-\w+/g, "/tmp/my-files")
    .replace(/port \d+ of/, "port 2773 of")
    .replace(/(the time is )[\dT:-]+Z/, "$12026-11-21T09:30:00Z");
}

const MESSAGES = /(<!-- BEGIN MESSAGES (\w+) -->).*?(<!-- END MESSAGES -->)/gs;
const CODES = /(<!-- BEGIN CODES -->).*?(<!-- END CODES -->)/s;
