import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import type { Problem } from "../../../core/fault/fault.ts";
import { explainFileError } from "../../../core/files/file-error.ts";
import { writeFiles } from "../../../core/files/write-files.ts";

/** Of a directory that is a link, and what system calls say. */
export function problemsOfFiles(): Problem[] {
  const folder = mkdtempSync("/tmp/causes-");
  symlinkSync(folder, `${folder}/link`);
  const file = { name: "TLS_KEY", path: `${folder}/link/key.pem`, mode: 0o600, content: "" };
  const { faults } = writeFiles([file]);
  rmSync(folder, { recursive: true });
  const codes = ["EROFS", "ENOSPC", "EFBIG", "EISDIR", "ENAMETOOLONG", "EACCES", "EIO"];
  const place = { ...file, path: "/tmp/secrets-wrapper/tls/key.pem" };
  const absent = explainFileError({ code: "EROFS" }, { ...place, content: undefined });
  return [...faults, ...codes.map((code) => explainFileError({ code }, place)), absent];
}
