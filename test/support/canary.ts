// Stands in every secret, and is looked for wherever no secret may be.

import { randomInt } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { inspect } from "node:util";

const LETTERS = "QZXJVKWqzxjvkw";
const LETTERS_OF_A_LEAK = 6;
const CHARACTERS_OF_AN_ENCODED_LEAK = 12;

/** Of letters that hardly follow each other anywhere else; made anew, so that no file of the tests holds it. */
export const CANARY = Array.from({ length: 32 }, () => LETTERS[randomInt(LETTERS.length)]).join("");

const SUSPECT = new RegExp(`[${LETTERS}]{${LETTERS_OF_A_LEAK},}`, "g");
const HEX = Buffer.from(CANARY).toString("hex");
// The base64 of a part depends on how many bytes are before it, modulo three.
const BASE64 = [0, 1, 2].map((before) => Buffer.from(CANARY.slice(before)).toString("base64").slice(0, -4));
const ENCODED = [HEX, HEX.toUpperCase(), ...BASE64].flatMap((form) => piecesOf(form, CHARACTERS_OF_AN_ENCODED_LEAK));

/**
 * The piece of the canary that is in this string: six letters of it, as a parser's message would quote them, or
 * twelve characters of its base64 or hexadecimal form. Percent-encoding leaves the letters as they are.
 */
export function leakIn(text: string): string | undefined {
  const pieces = (text.match(SUSPECT) ?? []).flatMap((letters) => piecesOf(letters, LETTERS_OF_A_LEAK));
  return pieces.find((piece) => CANARY.includes(piece)) ?? ENCODED.find((piece) => text.includes(piece));
}

/** No piece of the canary is in this string, or anywhere in this object, be it an error's message. */
export function expectNoCanary(told: unknown): void {
  expect(leakIn(typeof told === "string" ? told : inspect(told, WHOLE))).toBeUndefined();
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

/** Files of /tmp that were made or changed since then and have a piece of the canary in their path or content. */
export function leakingFiles(sinceMs: number): string[] {
  return filesUnder(tmpdir()).filter((file) => leakIn(file) ?? leakIn(contentSince(file, sinceMs)));
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

/** All pieces of a string that have this length. */
function piecesOf(text: string, length: number): string[] {
  return Array.from({ length: text.length - length + 1 }, (_, at) => text.slice(at, at + length));
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
const WHOLE = { depth: Infinity, maxArrayLength: Infinity, maxStringLength: Infinity };
