import { mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { isSameFile } from "../../../core/host/same-file.ts";

it("knows a file by whatever path leads to it, and takes no two that do not exist for one", () => {
  const folder = mkdtempSync(join(tmpdir(), "same-file-"));
  const [file, link, other] = ["file", "link", "other"].map((name) => join(folder, name)) as [string, string, string];
  writeFileSync(file, "");
  writeFileSync(other, "");
  symlinkSync(file, link);
  expect([isSameFile(file, file), isSameFile(file, link), isSameFile(file, `${folder}/./file`)]).toEqual([
    true,
    true,
    true,
  ]);
  expect([
    isSameFile(file, other),
    isSameFile(file, "/none"),
    isSameFile("/none", "/none"),
    isSameFile("", ""),
  ]).toEqual(Array(4).fill(false));
  rmSync(folder, { recursive: true });
});
