/** A file to write: an absolute path under /tmp, and its permissions. */
export type FileTarget = { path: string; mode: number };

/** What the options `file` and `mode` say, or what is wrong with them. */
export function parseFileTarget(file: string, mode = "0600"): FileTarget | { fault: string } {
  const path = file.startsWith("/") ? file : `${FOLDER}/${file}`;
  const segments = path.slice(1).split("/");
  if (segments.some((segment) => !SEGMENT.test(segment) || segment === "." || segment === "..")) {
    return { fault: 'the option "file" must be a path without empty, "." or ".." parts and control characters' };
  }
  if (segments[0] !== "tmp" || segments.length < 2)
    return { fault: 'the option "file" must be relative, or under /tmp' };
  if (segments.some((segment) => segment.startsWith(RESERVED)))
    return {
      fault: `the option "file" must be a path without parts that begin with "${RESERVED}", as the wrapper's own`,
    };
  if (!MODE.test(mode)) return { fault: 'the option "mode" must be "0600", "0640", "0400" or "0440"' };
  return { path, mode: Number.parseInt(mode, 8) };
}

/** What relative paths are relative to. */
const FOLDER = "/tmp/secrets-wrapper";
/** What the names of partial files, of versions and of the folder of records begin with. */
const RESERVED = ".secrets-wrapper";

// biome-ignore lint/suspicious/noControlCharactersInRegex: they would break a line of the log
const SEGMENT = /^[^\u0000-\u001f\u007f]{1,255}$/;
/** The owner reads; at most, the owner writes and the group reads. */
const MODE = /^0?[46][04]0$/;
