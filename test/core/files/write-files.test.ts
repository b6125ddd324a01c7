import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { RECORDS_FOLDER } from "../../../core/files/records.ts";
import { writeFiles } from "../../../core/files/write-files.ts";
import type { Folder, SecretFile } from "../../../core/values/secret-file.ts";
import { expectFaults } from "../expect-problems.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync("/tmp/files-unit-");
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (path: string) => join(home, path);
const file = (path: string, content: SecretFile["content"], mode = 0o600): SecretFile => ({
  name: path.toUpperCase(),
  path: at(path),
  mode,
  content,
});
const write = (files: SecretFile[]) => writeFiles(files).faults;
const identity = (...names: string[]): Folder => new Map(names.map((name) => [name, `content of ${name}`]));
const modeOf = (path: string) => (statSync(at(path)).mode & 0o7777).toString(8);

/** What is there, by path: texts of files; through links that are ours, targets of others. Ours lead to all that is hidden. */
function seen(folder = home, prefix = ""): Record<string, string> {
  const names = readdirSync(folder);
  const hidden = names.filter((name) => name.startsWith(".secrets-wrapper."));
  const targets = names.filter((name) => !hidden.includes(name)).map((name) => [name, targetOf(join(folder, name))]);
  expect(hidden.sort()).toEqual(
    targets
      .flatMap(([, target]) => target ?? [])
      .filter(isOurs)
      .sort(),
  );
  return Object.assign({}, ...targets.map(([name, target]) => contentOf(folder, String(name), target, prefix)));
}

const isOurs = (target: string) => target.startsWith(".secrets-wrapper.");

function targetOf(path: string): string | undefined {
  return lstatSync(path).isSymbolicLink() ? readlinkSync(path) : undefined;
}

function contentOf(folder: string, name: string, target: string | undefined, prefix: string): Record<string, string> {
  const path = join(folder, name);
  if (target !== undefined && !isOurs(target)) return { [prefix + name]: `-> ${target}` };
  return statSync(path).isDirectory()
    ? seen(path, `${prefix}${name}/`)
    : { [prefix + name]: readFileSync(path, "utf8") };
}

it("leaves the umask as it was, also where a file cannot be written", () => {
  const before = process.umask(0o027);
  mkdirSync(at("folder"));
  write([file("a", "")]);
  write([file("folder", "")]);
  expect(process.umask(before)).toBe(0o027);
});

it.each([0, 0o022, 0o077, 0o777])("gives the modes that are asked for, with umask %s", (umask) => {
  const before = process.umask(umask);
  const group = identity("key.pem", "federated/a.pem");
  const files = [
    file("one/a", "1"),
    file("two/b", "2", 0o440),
    file("two/three/c", "3", 0o400),
    file("id", group, 0o640),
  ];
  expect(write(files)).toEqual([]);
  process.umask(before);
  const paths = ["one", "one/a", "two", "two/b", "two/three", "two/three/c", "id", "id/federated", "id/key.pem"];
  expect(paths.map(modeOf)).toEqual(["700", "600", "750", "440", "700", "400", "750", "750", "640"]);
});

describe("a folder that is there", () => {
  it.each([0o700, 0o755, 0o750])("is used and not changed where it is ours alone: %s", (mode) => {
    mkdirSync(at("folder"), { mode });
    expect(write([file("folder/a", "1", 0o640)])).toEqual([]);
    expect(modeOf("folder")).toBe(mode.toString(8));
  });

  it.each<[string, RegExp, () => void]>([
    ["is a link", /it is a symlink/, () => symlinkSync("/var", at("folder"))],
    ["is a file", /it is not a directory/, () => writeFileSync(at("folder"), "")],
    ["the group may write to", /it is writable by others/, () => foreign(0o770)],
    ["everybody may write to", /it is writable by others/, () => foreign(0o707)],
  ])("is refused where it %s", (_, why, make) => {
    make();
    expectFaults(write([file("folder/a", "1")]), ["FOLDER/A", "FileNotWritten", why, /not writable by others/]);
  });

  const foreign = (mode: number) => {
    mkdirSync(at("folder"));
    chmodSync(at("folder"), mode);
  };
});

describe("where one cannot be written", () => {
  it("none is, each is named, and nothing stays", () => {
    for (const name of ["b", "d"]) mkdirSync(at(name));
    writeFileSync(at("d/kept"), "kept");
    write([file("c", "earlier")]);
    const long = "x".repeat(256);
    const files = [file("a", "1"), file("b", "2"), file("c", "3"), file("d", identity("x")), file(long, "4")];
    expectFaults(
      write(files),
      ["B", "FileNotWritten", /\/b cannot be written: there is a directory at its path/, /Remove the directory/],
      ["D", "FileNotWritten", /\/d cannot be written: there is a directory at its path/, /Remove the directory/],
      [long.toUpperCase(), "FileNotWritten", /its path is too long/, /at most 255 bytes/],
    );
    expect(seen()).toEqual({ c: "earlier", "d/kept": "kept" });
  });
});

it("undoes what it has written where the program cannot be started, and nothing that came after", () => {
  const { undo } = writeFiles([file("a", "1"), file("b", "2"), file("id", identity("key.pem"))]);
  write([file("b", "another start's")]);
  undo();
  expect(seen()).toEqual({ b: "another start's" });
});

describe("an identity", () => {
  it("is replaced as a whole: nothing of an earlier one stays", () => {
    write([file("id", identity("key.pem", "federated/old.pem"))]);
    write([file("id", identity("key.pem"))]);
    expect(seen()).toEqual({ "id/key.pem": "content of key.pem" });
  });

  it("gives way to a file, and a file to it", () => {
    write([file("a", identity("key.pem"))]);
    write([file("a", "file")]);
    expect(seen()).toEqual({ a: "file" });
    write([file("a", identity("key.pem"))]);
    expect(seen()).toEqual({ "a/key.pem": "content of key.pem" });
  });

  it("replaces a link to elsewhere, and never writes through it", () => {
    mkdirSync(at("elsewhere"));
    symlinkSync("elsewhere", at("id"));
    write([file("id", identity("key.pem"))]);
    expect(seen()).toEqual({ "id/key.pem": "content of key.pem" });
    expect(readdirSync(at("elsewhere"))).toEqual([]);
  });
});

describe("what an optional secret has left", () => {
  it("is removed, file or folder", () => {
    write([file("a", "1"), file("id", identity("key.pem")), file("b/c", "2")]);
    expect(write([file("a", undefined), file("id", undefined), file("b/c", undefined)])).toEqual([]);
    expect(seen()).toEqual({});
    expect(write([file("a", undefined), file("never/there", undefined)])).toEqual([]);
    expect(existsSync(at("never"))).toBe(false);
  });

  it.each<[string, () => void]>([
    ["written into", () => writeFileSync(at("a"), "another's")],
    [
      "replaced",
      () => {
        rmSync(at("a"));
        writeFileSync(at("a"), "another's");
      },
    ],
  ])("stays where others have %s it", (_, change) => {
    write([file("a", "1")]);
    change();
    expect(write([file("a", undefined)])).toEqual([]);
    expect(seen()).toEqual({ a: "another's" });
  });

  it("stays where it never was ours, be it a file, a folder or a link", () => {
    writeFileSync(at("a"), "another's");
    mkdirSync(at("b"));
    writeFileSync(at("b/c"), "another's");
    symlinkSync("b", at("c"));
    const before = seen();
    expect(write([file("a", undefined), file("b", undefined), file("c", undefined)])).toEqual([]);
    expect(seen()).toEqual(before);
  });
});

it("removes what a killed start has left, and not what others use or are writing", () => {
  write([file("id", identity("key.pem"))]);
  const used = readlinkSync(at("id"));
  const [old, young] = ["old", "young"].map((age) => [`.secrets-wrapper.partial.${age}`, `.secrets-wrapper.${age}`]);
  for (const name of [...(old ?? []), ...(young ?? [])]) mkdirSync(at(name));
  for (const name of [used, ...(old ?? [])]) utimesSync(at(name), 0, Date.now() / 1000 - 120);
  write([file("a", "1")]);
  expect(readdirSync(home).sort()).toEqual([used, ...(young ?? []), "a", "id"].sort());
});

it("keeps its records beside files in /tmp itself", () => {
  write([file("a", "1")]);
  utimesSync(RECORDS_FOLDER, 0, Date.now() / 1000 - 120);
  const inTmp = { ...file("b", "2"), path: `${home}.file` };
  write([inTmp]);
  write([file("a", undefined), { ...inTmp, content: undefined }]);
  expect([seen(), existsSync(inTmp.path)]).toEqual([{}, false]);
});

type Step = { start: boolean; contents: Record<string, SecretFile["content"] | "nothing asked"> };

it("leaves exactly what was asked for and what others have put there, whatever came before", () => {
  const PATHS = ["a", "b", "c/d", "c/e", "id"];
  const names = fc.uniqueArray(fc.constantFrom("key.pem", "federated/a.pem", "federated/b.pem"), { minLength: 1 });
  const content = fc.oneof(
    { weight: 3, arbitrary: fc.string() },
    { weight: 2, arbitrary: names.map((chosen) => identity(...chosen)) },
    { weight: 2, arbitrary: fc.constant(undefined) },
    { weight: 2, arbitrary: fc.constant("nothing asked" as const) },
  );
  const contents = fc.record(Object.fromEntries(PATHS.map((path) => [path, content])));
  const steps = fc.array(fc.record({ start: fc.boolean(), contents }), { maxLength: 6 });
  fc.assert(
    fc.property(steps as fc.Arbitrary<Step[]>, (all) => {
      rmSync(home, { recursive: true });
      mkdirSync(home);
      const expected: Record<string, string> = {};
      const ours = new Set<string>();
      for (const step of all) (step.start ? startIn : othersIn)(step, expected, ours);
      expect(seen()).toEqual(expected);
    }),
    { numRuns: 80 },
  );
});

/** A start with these entries. */
function startIn({ contents }: Step, expected: Record<string, string>, ours: Set<string>): void {
  const asked = Object.entries(contents).filter(([, content]) => content !== "nothing asked");
  expect(write(asked.map(([path, content]) => file(path, content)))).toEqual([]);
  for (const [path, content] of asked) {
    if (content !== undefined || ours.has(path)) forgetAll(expected, path);
    ours.delete(path);
    if (content === undefined) continue;
    ours.add(path);
    if (content instanceof Map) for (const [name, text] of content) expected[`${path}/${name}`] = text;
    else expected[path] = String(content);
  }
}

/** Others replace some of these paths by files of their own. */
function othersIn({ contents }: Step, expected: Record<string, string>, ours: Set<string>): void {
  for (const [path, content] of Object.entries(contents)) {
    if (typeof content !== "string" || content === "nothing asked" || expected[path] === undefined) continue;
    rmSync(at(path));
    writeFileSync(at(path), `another's ${content}`);
    expected[path] = `another's ${content}`;
    ours.delete(path);
  }
}

function forgetAll(expected: Record<string, string>, path: string): void {
  for (const name of Object.keys(expected)) if (name === path || name.startsWith(`${path}/`)) delete expected[name];
}
