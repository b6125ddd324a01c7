import { endOfToken, nesting, skipComma, skipSpace } from "./scan.ts";

/** A JSON value that still knows its text, order and duplicates: a part of a text that is JSON. */
export type Json = {
  text: string;
  start: number;
  end: number;
  /** Where it begins with its name: a member of an object, at its key. */
  offset: number;
};

/** The value of a JSON text, or undefined where it is not strictly JSON or is too deep. */
export function parseJson(text: string): Json | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    JSON.parse(text);
  } catch {
    // Not passed on: a parser's message quotes its input.
    return undefined;
  }
  const start = skipSpace(text, 0);
  return { text, start, end: text.trimEnd().length, offset: start };
}

/** Whether it nests deeper than what reads it here by recursion may go, the engine's stack being small. */
export function isTooDeep(text: string): boolean {
  if (text.split("[").length + text.split("{").length <= MAX_DEPTH) return false;
  let depth = 0;
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; ) {
    depth += nesting(text[at]);
    at = endOfToken(text, at);
  }
  return depth > MAX_DEPTH;
}

export const MAX_DEPTH = 200;

export function isObject({ text, start }: Json): boolean {
  return text[start] === "{";
}

export function isArray({ text, start }: Json): boolean {
  return text[start] === "[";
}

export function isNull({ text, start }: Json): boolean {
  return text[start] === "n";
}

/** Whether there is anything like an object in an object or list: it looks at characters only. */
export function mayHoldObject({ text, start, end }: Json): boolean {
  const brace = text.indexOf("{", start + 1);
  return brace > 0 && brace < end;
}

/** Keys and values of an object, in its order, duplicates included. */
export function* members({ text, start }: Json): Generator<[name: string, value: Json]> {
  for (let at = skipSpace(text, start + 1); text[at] !== "}"; ) {
    const key = valueAt(text, at);
    const value = valueAt(text, skipSpace(text, skipSpace(text, key.end) + 1), at);
    yield [toValue(key) as string, value];
    at = skipComma(text, value.end);
  }
}

/** The keys that an object has more than once. */
export function duplicates(json: Json): string[] {
  return findDuplicates(Array.from(members(json), ([name]) => name));
}

/** Each name that is there more than once. */
export function findDuplicates(names: string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}

/** The elements of an array. */
export function* elements({ text, start }: Json): Generator<Json> {
  for (let at = skipSpace(text, start + 1); text[at] !== "]"; ) {
    const element = valueAt(text, at);
    yield element;
    at = skipComma(text, element.end);
  }
}

/** As JSON.parse gives it: a key "__proto__" is a key like any other. */
export function toValue({ text, start, end }: Json): unknown {
  return JSON.parse(text.slice(start, end));
}

/** What goes into a variable: a string decoded, a number or boolean as written, the rest as compact JSON. */
export function toVariableText(json: Json): string {
  return json.text[json.start] === '"' ? (toValue(json) as string) : compact(json);
}

function compact({ text, start, end }: Json): string {
  let compacted = "";
  for (let at = skipSpace(text, start); at < end; ) {
    const after = endOfToken(text, at);
    const token = text.slice(at, after);
    compacted += token[0] === '"' ? JSON.stringify(JSON.parse(token)) : token;
    at = skipSpace(text, after);
  }
  return compacted;
}

function valueAt(text: string, start: number, offset = start): Json {
  let depth = 0;
  let end = start;
  do {
    depth += nesting(text[end]);
    end = endOfToken(text, end);
  } while (depth > 0);
  return { text, start, end, offset };
}
