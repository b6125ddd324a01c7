import { readdirSync } from "node:fs";
import { join } from "node:path";
import MiniSearch from "minisearch";
import { ROOT } from "../layer/paths.ts";
import { readDocument } from "./support/documents.ts";
import { allMessages, documentedCodes, type Message, renderErrors } from "./support/errors-document.ts";
import { FAULTS } from "./support/faults.ts";
import { describeWith } from "./support/needs.ts";

const PAGE = readDocument("docs", "errors.md");
const CODES = documentedCodes(PAGE);

it("docs/errors.md has every code of the program, and no other", () => {
  const folders = ["core", "fetcher", "cache"];
  const sources = folders.flatMap((folder) => filesIn(folder).map((name) => readDocument(folder, name)));
  const grammar = readDocument("terraform", "modules", "references", "grammar.json");
  const codes = [...sources, grammar].flatMap((source) =>
    [...source.matchAll(/\bcode"?: "(\w+)"/g)].map(([, code]) => code),
  );
  // Only in a response of the live cache, whose statuses docs/live-cache.md has.
  expect([...CODES, "NotReady"].sort()).toEqual([...new Set(codes)].sort());
});

it("docs/errors.md says of each code why, what to do and how to check", () => {
  for (const code of CODES)
    expect(sectionOf(code)).toMatch(/^- \*\*Why:\*\* .+\n- \*\*What to do:\*\* .+\n- \*\*How to check:\*\* .+\.$/m);
});

describeWith("openssl", "the messages of docs/errors.md", () => {
  let messages: Message[];
  beforeAll(async () => {
    messages = await allMessages();
  });

  it("are what npm run docs makes of the program", async () => {
    expect(PAGE).toBe(await renderErrors());
  });

  it("have every fault that the program is tried with", () => {
    const lines = messages.map(({ code, line }) => `${code} ${line}`);
    for (const { says } of FAULTS) {
      const [code = "", ...cause] = says?.split(": ") ?? [];
      const words = cause.join(": ").replaceAll(/\d+ times/g, "… times");
      if (code) expect(lines).toContainEqual(expect.stringMatching(new RegExp(`^${code} .*${escaped(words)}`)));
    }
  });

  it.each([
    ["as it is", ({ line }: Message) => line],
    ["of another function", ({ line }: Message) => line.replaceAll(/"[^"]*"|\b[A-Z]+_[A-Z_]+\b/g, '"x"')],
    ["in JSON", ({ code, line }: Message) => JSON.stringify({ level: "ERROR", message: line, code })],
  ])("are found by a line of the log %s", (_, toQuery) => {
    const search = new MiniSearch({ fields: ["code", "text"], idField: "code", searchOptions: { boost: { code: 4 } } });
    search.addAll(CODES.map((code) => ({ code, text: sectionOf(code) })));
    const found = messages.map((message) => [message.line, search.search(toQuery(message))[0]?.id]);
    expect(found).toEqual(messages.map(({ line, code }) => [line, code]));
  });
});

function filesIn(folder: string): string[] {
  const names = readdirSync(join(ROOT, folder), { recursive: true, encoding: "utf8" });
  return names.filter((name) => name.endsWith(".ts"));
}

function sectionOf(code: string): string {
  return PAGE.split(`\n### ${code}\n`)[1]?.split(/^##/m)[0] ?? "";
}

function escaped(words: string): string {
  return words.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
