import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { basename, join } from "node:path";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const PEM = "-----BEGIN KEY-----\npä\n-----END KEY-----\n";
const BYTES = Uint8Array.of(0, 255, 10, 13, 128);

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  let store: Store;
  let home: string;
  beforeAll(async () => {
    const json = JSON.stringify({ key: PEM, nul: "a\0b", user: "ann" });
    store = await startStore({ "prod/tls": json, "prod/bytes": BYTES, "prod/text": "text" });
  });
  afterAll(() => store.close());
  beforeEach(() => {
    home = mkdtempSync("/tmp/files-");
  });
  afterEach(() => rmSync(home, { recursive: true }));

  async function start(references: unknown) {
    const ended = await run(wrapper, ["printenv", "V"], lambdaEnv(store.url, references));
    return { ...ended, value: String(ended.stdout).trimEnd() };
  }

  /** One that must fail, and start nothing. */
  async function reportOf(references: unknown): Promise<string> {
    const ended = await start(references);
    expect(ended).toMatchObject({ status: 1, value: "" });
    expect(ended.stderr).not.toMatch(/BEGIN|pä/);
    return ended.stderr;
  }

  const mode = (path: string) => (lstatSync(path).mode & 0o7777).toString(8);

  it("writes a key's value exactly, and gives its path", async () => {
    const path = join(home, "tls", "key.pem");
    expect(await start({ V: { secret: "prod/tls:key", file: path } })).toMatchObject({ value: path, stderr: "" });
    expect(readFileSync(path, "utf8")).toBe(PEM);
    expect([mode(path), mode(join(home, "tls"))]).toEqual(["600", "700"]);
  });

  it("has a folder of its own for relative paths", async () => {
    const name = basename(home);
    const { value } = await start({ V: { secret: "prod/text", file: `${name}/text` } });
    expect(value).toBe(`/tmp/secrets-wrapper/${name}/text`);
    expect(readFileSync(value, "utf8")).toBe("text");
    expect(mode("/tmp/secrets-wrapper")).toBe("700");
    rmSync(`/tmp/secrets-wrapper/${name}`, { recursive: true });
  });

  it("writes bytes as they are, NUL and all, and as base64 where that is asked for", async () => {
    const path = join(home, "file");
    await start({ V: { secret: "prod/bytes", file: path } });
    expect(readFileSync(path)).toEqual(Buffer.from(BYTES));
    await start({ V: { secret: "prod/bytes", file: path, encoding: "base64" } });
    expect(readFileSync(path, "utf8")).toBe("AP8KDYA=");
    await start({ V: { secret: "prod/tls:nul", file: path } });
    expect(readFileSync(path, "utf8")).toBe("a\0b");
  });

  it.each([".1.partial", "partial.0", ".partial"])("loses no file to another's partial one: %s", async (name) => {
    const other = join(home, "other");
    await start({ W: { secret: "prod/tls:user", file: join(home, name) }, V: { secret: "prod/text", file: other } });
    expect([name, "other"].map((file) => readFileSync(join(home, file), "utf8"))).toEqual(["ann", "text"]);
  });

  it("removes the file of an optional secret that is gone, if an earlier start has written it", async () => {
    const entry = (id: string, name: string) => ({ secret: id, file: join(home, name), optional: true });
    await start({ A: entry("prod/text", "a"), B: entry("prod/text", "b"), V: entry("prod/text", "v") });
    rmSync(join(home, "b"));
    writeFileSync(join(home, "b"), "another's");
    const gone = { A: entry("prod/none", "a"), B: entry("prod/none", "b"), C: entry("prod/none", "c/d") };
    expect(await start({ ...gone, V: entry("prod/text", "v") })).toMatchObject({ status: 0, stderr: "" });
    expect(readdirSync(home)).toEqual(["b", "v"]);
    expect(readFileSync(join(home, "b"), "utf8")).toBe("another's");
  });

  it("gives back the umask, and does not depend on it", async () => {
    const entry = { secret: "prod/text", file: join(home, "folder", "file"), mode: "0640" };
    for (const umask of ["0000", "0077", "0777"]) {
      const script = `umask ${umask}; exec "$0" sh -c umask`;
      const { stdout } = await run("sh", ["-c", script, wrapper], lambdaEnv(store.url, { V: entry }));
      expect(String(stdout).trim()).toBe(umask);
      expect([mode(entry.file), mode(join(home, "folder"))]).toEqual(["640", "750"]);
      rmSync(join(home, "folder"), { recursive: true });
    }
  });

  it("loosens the permissions as far as it may", async () => {
    const path = join(home, "file");
    await start({ V: { secret: "prod/text", file: path, mode: "0440" } });
    expect(mode(path)).toBe("440");
    // What is there already is replaced, read-only as it is.
    await start({ V: { secret: "prod/text", file: path, mode: "0640" } });
    expect(mode(path)).toBe("640");
    expect(await reportOf({ V: { secret: "prod/text", file: path, mode: "0644" } })).toMatch(/"mode" must be "0600"/);
  });

  it("replaces a link in a file's place, and never writes through it", async () => {
    const [path, other] = [join(home, "file"), join(home, "other")];
    writeFileSync(other, "untouched");
    symlinkSync(other, path);
    await start({ V: { secret: "prod/text", file: path } });
    expect([readFileSync(other, "utf8"), readFileSync(path, "utf8")]).toEqual(["untouched", "text"]);
    expect(lstatSync(path).isSymbolicLink()).toBe(false);
  });

  it("does not go through a link to another folder, nor into one that others may write to", async () => {
    mkdirSync(join(home, "real"));
    symlinkSync(join(home, "real"), join(home, "link"));
    const report = await reportOf({ V: { secret: "prod/text", file: join(home, "link", "file") } });
    expect(report).toMatch(/V: the directory \/tmp\/\S+\/link cannot be used: it is a symlink\. .*remove it/);
    expect(existsSync(join(home, "real", "file"))).toBe(false);
    mkdirSync(join(home, "open"));
    await run("chmod", ["777", join(home, "open")], { PATH: process.env.PATH ?? "" });
    expect(await reportOf({ V: { secret: "prod/text", file: join(home, "open", "file") } })).toMatch(/FileNotWritten/);
  });

  it("does not start where a file cannot be written", async () => {
    mkdirSync(join(home, "file"));
    const report = await reportOf({ V: { secret: "prod/text", file: join(home, "file") } });
    expect(report).toMatch(/V: the file \/tmp\/\S+\/file cannot be written: there is a directory at its path\. Remove/);
  });

  it("leaves nothing where the program cannot be executed", async () => {
    const program = join(home, "program");
    writeFileSync(program, "#!/nowhere\n", { mode: 0o755 });
    const path = join(home, "file");
    const { stderr } = await run(wrapper, [program], lambdaEnv(store.url, { V: { secret: "prod/text", file: path } }));
    expect(stderr).toMatch(/\[ExecFailed/);
    expect(readdirSync(home)).toEqual(["program"]);
  });

  it("writes nothing where anything else is missing", async () => {
    const path = join(home, "file");
    await reportOf({ V: { secret: "prod/text", file: path }, W: "prod/none" });
    expect(existsSync(path)).toBe(false);
  });

  it.each([
    ["outside /tmp", { V: { secret: "prod/text", file: "/etc/x" } }, /must be a relative path or a path under \/tmp/],
    ["out of the folder", { V: { secret: "prod/text", file: "../x" } }, /without empty, "\." or "\.\." segments/],
    [
      "of another entry",
      { V: { secret: "prod/text", file: "a" }, W: { secret: "prod/text", file: "/tmp/secrets-wrapper/a" } },
      /W: another entry also uses the file/,
    ],
    [
      "within another entry's",
      { V: { secret: "prod/text", file: "a/b" }, W: { secret: "prod/none", file: "a", optional: true } },
      /V: .*a\/b is inside \/tmp\/secrets-wrapper\/a, which another entry uses/,
    ],
    [
      "of the wrapper's own",
      { V: { secret: "prod/text", file: "/tmp/.secrets-wrapper.0/a" } },
      /which the wrapper uses itself/,
    ],
    ["by wildcard", { "*": { secret: "prod/tls", file: "a" } }, /expands every key.*encoding or file/],
  ])("refuses a file %s", async (_, references, message) => {
    expect(await reportOf(references)).toMatch(message);
  });
});
