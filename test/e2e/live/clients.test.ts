import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../../layer/paths.ts";
import { type Live, startLive, TOKEN } from "../../support/live.ts";
import { describeWith } from "../../support/needs.ts";
import { run } from "../../support/run.ts";
import { type Store, startStore } from "../../support/store.ts";
import { LIVE_LAYERS } from "../../support/trees.ts";

// The calls in docs/live-cache.md, each in the smallest program of its language.

jest.setTimeout(120_000);

const DOCUMENT = readFileSync(join(ROOT, "docs", "live-cache.md"), "utf8");
const VALUE = 'p"w\né';

const LANGUAGES: [string, fence: string, program: string, (code: string) => string, (file: string) => string[]][] = [
  ["Python", "python", "python3", (code) => `${code}print(secret("DB_PASSWORD"), end="")`, (file) => ["python3", file]],
  [
    "Node.js",
    "js",
    "node",
    (code) => `${code}process.stdout.write(await secret("DB_PASSWORD"));`,
    (file) => ["node", "--input-type=module", "-e", readFileSync(file, "utf8")],
  ],
  [
    "Java",
    "java",
    "java",
    (code) =>
      `class Main {\n${code}\npublic static void main(String[] args) throws Exception { System.out.write(secret("DB_PASSWORD").getBytes("UTF-8")); System.out.flush(); } }`,
    (file) => ["java", "-Xshare:auto", "--source", "17", file],
  ],
  [
    "Go",
    "go",
    "go",
    (code) =>
      `package main\nimport ("io"; "net/http"; "os")\nfunc main() {\nname := "DB_PASSWORD"\n${code}\nif err != nil { panic(err) }\nio.Copy(os.Stdout, response.Body)\n}`,
    (file) => ["go", "run", file],
  ],
  ["shell", "sh", "curl", (code) => code, (file) => ["sh", file]],
];

describe.each(LIVE_LAYERS.slice(0, 1))("with the live cache on %s", (_, layer) => {
  let store: Store;
  let live: Live;
  let folder: string;
  beforeAll(async () => {
    store = await startStore({ db: VALUE });
    live = await startLive(layer, store.url, { DB_PASSWORD: "db" });
    folder = mkdtempSync(join(tmpdir(), "clients-"));
  });
  afterAll(async () => {
    await live.stop();
    store.close();
    rmSync(folder, { recursive: true });
  });

  for (const [name, fence, program, complete, command] of LANGUAGES) {
    describeWith(program, `the call in ${name}`, () => {
      it("has at most five lines, and gets the value", async () => {
        const [, code = ""] = new RegExp(`^\`\`\`${fence}\\n(.*?)^\`\`\`$`, "ms").exec(DOCUMENT) ?? [];
        expect(code.trim().split("\n").length).toBeLessThanOrEqual(5);
        const file = join(folder, `main.${fence}`);
        writeFileSync(file, complete(code.replaceAll("2773", String(live.port))));
        const env = { ...(process.env as Record<string, string>), AWS_SESSION_TOKEN: TOKEN };
        const [executable = "", ...args] = command(file);
        const { status, stdout, stderr } = await run(executable, args, env);
        expect({ status, stdout: stdout.toString(), stderr: status === 0 ? "" : stderr }).toEqual({
          status: 0,
          stdout: VALUE,
          stderr: "",
        });
      });
    });
  }
});
