import { explainFileError, ForeignFolder } from "../../../core/files/file-error.ts";
import { expectProblem } from "../expect-problems.ts";

const file = { name: "A", path: "/tmp/a", mode: 0o600, content: "" };

it.each([
  ["ENOSPC", /there is no space left/, /ephemeral storage/],
  ["EDQUOT", /there is no space left/, /ephemeral storage/],
  ["EFBIG", /exceeds the process's file size limit/, /ulimit -f/],
  ["EROFS", /its file system is read-only/, /Make \/tmp writable/],
  ["EISDIR", /there is a directory at its path/, /Remove the directory/],
  ["ENAMETOOLONG", /its path is too long/, /255 bytes/],
  ["EACCES", /permission denied/, /user must be allowed/],
  ["EPERM", /permission denied/, /user must be allowed/],
  ["ENOTDIR", /cannot be written: ENOTDIR$/, /Check what is at its path/],
])("says what %s means, and what to do", (code, cause, remedy) => {
  expectProblem(explainFileError({ code }, file), "FileNotWritten", cause, remedy);
});

it("knows a file that cannot be removed, a folder that is another's, and what it does not know", () => {
  const absent = { ...file, content: undefined };
  expectProblem(explainFileError({ code: "EROFS" }, absent), "FileNotWritten", /\/tmp\/a cannot be removed: its/, /./);
  const foreign = new ForeignFolder("/tmp/b", "it is a symlink");
  expectProblem(
    explainFileError(foreign, file),
    "FileNotWritten",
    /^the directory \/tmp\/b cannot be used: it is a symlink$/,
    /not writable by others/,
  );
  expectProblem(explainFileError(new Error("quotes a value"), file), "FileNotWritten", /written: unknown reason$/, /./);
});
