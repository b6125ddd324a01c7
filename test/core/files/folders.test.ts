import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFolder, parentsOf, whyForeign } from "../../../core/files/folders.ts";

let home: string;
beforeEach(() => {
  home = mkdtempSync("/tmp/folders-");
});
afterEach(() => rmSync(home, { recursive: true }));

const at = (...path: string[]) => join(home, ...path);
const modeOf = (path: string) => statSync(path).mode & 0o777;

it("makes a folder and all above it, each with its mode, and takes those that are there", () => {
  const make = () => ensureFolder(at("a", "b"), (folder) => (folder === at("a") ? 0o750 : 0o700));
  make();
  expect([modeOf(at("a")), modeOf(at("a", "b"))]).toEqual([0o750, 0o700]);
  expect(make).not.toThrow();
});

const FOREIGN: [string, () => void][] = [
  ["link to one's own folder", () => symlinkSync(home, at("x"))],
  ["file", () => writeFileSync(at("x"), "")],
  ["folder that the group may write to", () => makeWith(0o770)],
  ["folder that everybody may write to", () => makeWith(0o702)],
];

it.each(FOREIGN)("never takes a %s for one's own, and makes nothing in it", (_, make) => {
  make();
  expect(whyForeign(at("x"))).toBeDefined();
  expect(() => ensureFolder(at("x", "deep"), () => 0o700)).toThrow();
  expect(existsSync(at("x", "deep"))).toBe(false);
});

it("names the folders above a path, so that each has its mode", () => {
  expect(parentsOf("/tmp/a/b").sort()).toEqual(["/tmp", "/tmp/a"]);
});

function makeWith(mode: number): void {
  mkdirSync(at("x"));
  chmodSync(at("x"), mode);
}
