// Stands in every secret, and is looked for wherever no secret may be.

import { randomInt } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const LETTERS = "QZXJVKWqzxjvkw";

/** Of letters that hardly follow each other anywhere else; made anew, so that no file of the tests holds it. */
export const CANARY = Array.from({ length: 32 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

const encoded = [Buffer.from(CANARY).toString("base64").slice(0, 40), Buffer.from(CANARY).toString("hex")];
const SUSPECT = new RegExp(`[${LETTERS}]{6,}`, "g");

/** What of the canary is in this text: six letters of it will do, as a parser's message would quote. */
export function leakIn(text: string): string | undefined {
  const pieces = (text.match(SUSPECT) ?? []).flatMap(piecesOf);
  return pieces.find((piece) => CANARY.includes(piece)) ?? encoded.find((form) => text.includes(form));
}

function piecesOf(letters: string): string[] {
  return Array.from({ length: letters.length - 5 }, (_, at) => letters.slice(at, at + 6));
}

/** Looks at the command lines of all processes until it is stopped, which gives those with a leak. */
export function watchProcesses(): () => string[] {
  const leaks = new Set<string>();
  const timer = setInterval(() => {
    for (const line of commandLines()) if (leakIn(line)) leaks.add(line);
  }, 25);
  return () => {
    clearInterval(timer);
    return [...leaks];
  };
}

/** Files of /tmp that were made or changed since then and hold a piece of the canary. */
export function leakingFiles(sinceMs: number): string[] {
  return filesUnder(tmpdir()).filter((file) => leakIn(contentSince(file, sinceMs)) !== undefined);
}

/** Links are not followed; what is gone by now is not there. */
function filesUnder(folder: string): string[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesUnder(path) : [path];
    });
  } catch {
    return [];
  }
}

function commandLines(): string[] {
  const processes = readdirSync("/proc").filter((name) => /^\d+$/.test(name));
  return processes.map((pid) => readOrNothing(join("/proc", pid, "cmdline")));
}

function contentSince(file: string, sinceMs: number): string {
  const found = statSync(file, { throwIfNoEntry: false });
  const isNew = found?.isFile() && found.ctimeMs >= sinceMs && found.size < MAX_FILE_BYTES;
  return isNew ? readOrNothing(file) : "";
}

/** Others' processes and files may be gone by now. */
function readOrNothing(file: string): string {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return "";
  }
}

const MAX_FILE_BYTES = 8 << 20;
