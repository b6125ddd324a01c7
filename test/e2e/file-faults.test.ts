import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { describeUnless } from "../support/needs.ts";
import { missingForRoot, onMachine } from "../support/root.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const LARGE = CANARY.repeat(800);
const missing = missingForRoot();

let store: Store;
let home: string;
beforeAll(async () => {
  store = await startStore({ large: LARGE, small: CANARY });
});
afterAll(() => store.close());
beforeEach(() => {
  home = mkdtempSync("/tmp/files-");
  chmodSync(home, 0o755);
});
afterEach(() => rmSync(home, { recursive: true }));

const entry = (secret: string, ...path: string[]) => ({ secret, file: join(home, ...path) });

/** Runs a shell's lines, in which "$@" starts a program behind the wrapper; then lists the files that are there. */
async function startIn(command: string[], wrapper: string, lines: string, entries: unknown) {
  const script = `${lines}\nstatus=$?\nfind "${home}" /tmp/.secrets-wrapper-* -type f -size +0 2>&1\nexit $status`;
  const args = ["sh", "-c", script, "sh", wrapper, "true"];
  const [program = "", ...rest] = [...command, ...args];
  const { status, stdout, stderr } = await run(program, rest, lambdaEnv(store.url, entries));
  expectNoCanary(stderr);
  return { status, files: String(stdout).match(/^\/tmp\/files-.*$/gm) ?? [], stderr };
}

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  it("a file over the limit of the process is named, and nothing stays", async () => {
    const entries = { A: entry("small", "a"), B: entry("large", "folder", "b"), C: entry("large", "c") };
    const { status, files, stderr } = await startIn([], wrapper, `ulimit -f 8; "$@"`, entries);
    expect({ status, files }).toEqual({ status: 1, files: [] });
    for (const [name, path] of [
      ["B", "folder/b"],
      ["C", "c"],
    ])
      expect(stderr).toMatch(new RegExp(`ERROR ${name}: the file ${home}/${path} cannot be written: it exceeds`));
    expect(stderr).toMatch(/\(ulimit -f\)\. \[FileNotWritten\]/);
    expect(stderr).toContain("2 faults");
  });
});

describeUnless(missing, "in a root of its own", () => {
  const start = (lines: string, entries: unknown) => startIn(onMachine(home), "/opt/wrapper", lines, entries);

  it("a file system without space is named, and nothing stays", async () => {
    const entries = { A: entry("small", "a"), B: entry("large", "b") };
    const report = await start(`mount -t tmpfs -o mode=755,size=16k tmpfs ${home} && "$@"`, entries);
    expect(report).toMatchObject({ status: 1, files: [] });
    expect(report.stderr).toMatch(
      /ERROR B: the file \S+\/b cannot be written: there is no space left\. .*ephemeral storage/,
    );
    expect(report.stderr).toContain("1 fault");
  });

  it("a file system without space for a folder is named", async () => {
    const report = await start(`mount -t tmpfs -o mode=755,nr_inodes=2 tmpfs ${home} && "$@"`, {
      A: entry("small", "a", "b", "c"),
    });
    expect(report.stderr).toMatch(/ERROR A: the file \S+\/a\/b\/c cannot be written: there is no space left\./);
  });

  it.each([
    ["folder", () => home],
    ["whole /tmp", () => "/tmp"],
  ])("a read-only file system is named: %s", async (_, mounted) => {
    const report = await start(`mount -t tmpfs -o mode=755,ro tmpfs ${mounted()} && "$@"`, { A: entry("small", "a") });
    expect(report).toMatchObject({ status: 1, files: [] });
    expect(report.stderr).toMatch(
      /ERROR A: the file \S+\/a cannot be written: its file system is read-only\. Make \/tmp writable/,
    );
  });

  it("files and identities may be on a file system of their own", async () => {
    const report = await start(`mount -t tmpfs -o mode=755 tmpfs ${home} && "$@" && "$@"`, { A: entry("small", "a") });
    expect(report).toEqual({ status: 0, files: [join(home, "a")], stderr: "" });
  });

  describeUnless(process.getuid?.() === 0 ? undefined : "this is not root", "as another user", () => {
    const asNobody = `setpriv --reuid=65534 --regid=65534 --clear-groups "$@"`;

    it("a folder of somebody else is named", async () => {
      mkdirSync(join(home, "folder"));
      const report = await start(asNobody, { A: entry("small", "folder", "a") });
      expect(report).toMatchObject({ status: 1, files: [] });
      expect(report.stderr).toMatch(/ERROR A: the directory \S+ cannot be used: it is owned by another user\./);
    });

    it("a missing permission is named, and nothing stays", async () => {
      // In /tmp itself, which is sticky: nobody replaces another's file there.
      const file = `${home}.file`;
      writeFileSync(file, "another's");
      const entries = { A: { secret: "small", file: `${file}.own` }, B: { secret: "small", file } };
      const report = await start(asNobody, entries);
      rmSync(file);
      expect(report.status).toBe(1);
      expect(report.stderr).toMatch(
        /ERROR B: the file \S+ cannot be written: permission denied\. The function's user must/,
      );
      expect(() => rmSync(`${file}.own`)).toThrow(/ENOENT/);
    });
  });
});
