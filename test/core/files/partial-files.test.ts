import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { checkPlace, createPartial } from "../../../core/files/partial-files.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync("/tmp/partial-");
});
afterEach(() => rmSync(home, { recursive: true }));

const file = (mode = 0o600) => ({ name: "A", path: join(home, "a"), mode, content: "value" });
const modeOf = (path: string) => statSync(path).mode & 0o777;

it("writes a file whole beside its place, under a name that is new each time, with its mode", () => {
  const [first, second] = [createPartial(file(), "value"), createPartial(file(0o640), new Uint8Array([0, 255]))];
  expect(readFileSync(first.partial, "utf8")).toBe("value");
  expect(readFileSync(second.partial)).toEqual(Buffer.from([0, 255]));
  expect(modeOf(first.partial)).toBe(0o600);
  expect(
    readdirSync(home)
      .map((name) => join(home, name))
      .sort(),
  ).toEqual([first.partial, second.partial].sort());
});

it("writes a folder of files that only those may enter who may read them", () => {
  const { partial } = createPartial(
    file(),
    new Map([
      ["key.pem", "k"],
      ["deep/bundle.pem", "b"],
    ]),
  );
  expect(readFileSync(join(partial, "deep", "bundle.pem"), "utf8")).toBe("b");
  expect(["", "key.pem", "deep", "deep/bundle.pem"].map((name) => modeOf(join(partial, name)))).toEqual([
    0o700, 0o600, 0o700, 0o600,
  ]);
});

it("leaves nothing of what could not be written whole", () => {
  const content = new Map([
    ["key.pem", "k"],
    ["x".repeat(300), "too long a name"],
  ]);
  expect(() => createPartial(file(), content)).toThrow("ENAMETOOLONG");
  expect(readdirSync(home)).toEqual([]);
});

it("refuses a directory in the place of a file before anything is written", () => {
  mkdirSync(join(home, "a"));
  expect(() => checkPlace(join(home, "a"))).toThrow(expect.objectContaining({ code: "EISDIR" }));
  expect(() => checkPlace(join(home, "b"))).not.toThrow();
});
