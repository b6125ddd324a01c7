import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ensureFolder } from "../../../core/files/folders.ts";
import {
  identityOf,
  PARTIAL,
  RECORDS_FOLDER,
  readRecords,
  record,
  removeAbandoned,
  removeEarlier,
  removeReplaced,
} from "../../../core/files/records.ts";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync("/tmp/records-");
  path = join(home, "a");
  ensureFolder(RECORDS_FOLDER, () => 0o700);
  writeFileSync(path, "ours");
  record(path, identityOf(path));
});
afterEach(() => {
  rmSync(home, { recursive: true });
  removeReplaced(path, readRecords());
});

it("a later start removes what an earlier one has written", () => {
  removeEarlier(path, readRecords());
  expect(existsSync(path)).toBe(false);
});

it.each([
  ["a file that was written to", () => writeFileSync(path, "somebody else's")],
  ["another file in its place", () => replace(() => writeFileSync(path, "another's"))],
  ["a link in its place", () => replace(() => symlinkSync("/etc/hostname", path))],
])("a later start leaves %s alone", (_, change) => {
  change();
  removeEarlier(path, readRecords());
  expect(existsSync(path)).toBe(true);
});

it("a record is forgotten when its file is not there any more, and only then", () => {
  const count = () => [...readRecords().values()].flat().filter((id) => id === recorded).length;
  const recorded = identityOf(path);
  removeReplaced(path, readRecords());
  expect(count()).toBe(1);
  rmSync(path);
  removeReplaced(path, readRecords());
  expect(count()).toBe(0);
});

it("what a killed start has left is removed after a while, and what one is writing is not", () => {
  const [old, current] = [join(home, `${PARTIAL}old`), join(home, `${PARTIAL}current`)];
  for (const folder of [old, current]) mkdirSync(folder);
  writeFileSync(join(old, "key.pem"), "k");
  utimesSync(old, 0, 0);
  removeAbandoned(home);
  expect([old, current, path].map((name) => existsSync(name))).toEqual([false, true, true]);
});

function replace(make: () => void): void {
  rmSync(path);
  make();
}
