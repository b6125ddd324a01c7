import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";
import { positionsIn } from "./position.ts";

/** A JSON value that still knows its text, order and duplicates. */
export type Json = { node: Node; text: string };

/** The value of a JSON text, or undefined where it is not strictly JSON or is too deep. */
export function parseJson(text: string): Json | undefined {
  if (isTooDeep(text)) return undefined;
  try {
    JSON.parse(text);
    const node = parseTree(text);
    return node && { node, text };
  } catch {
    // Not passed on: a parser's message quotes its input.
    return undefined;
  }
}

/** Where a text stops being JSON: "line 1, column 9: comma expected". Quotes nothing of it. */
export function describeJsonError(text: string): string {
  const { wrong, offset } = findJsonError(text);
  if (offset === undefined) return wrong;
  const { line, column } = positionsIn(text)(offset);
  return `line ${line}, column ${column}: ${wrong}`;
}

/** Why a text is not JSON, and from which offset on. */
export type JsonError = { wrong: string; offset?: number };

/** Finds it without quoting anything. */
export function findJsonError(text: string): JsonError {
  if (isTooDeep(text)) return TOO_DEEP;
  const errors: ParseError[] = [];
  try {
    parseTree(text, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return TOO_DEEP;
  }
  const [first] = errors;
  if (!first) return { wrong: "it is not strict JSON" };
  return { wrong: inWords(printParseErrorCode(first.error)), offset: first.offset };
}

/** Whether it nests deeper than what reads it here by recursion may go, the engine's stack being small. */
export function isTooDeep(text: string): boolean {
  if (text.split(/[[{]/).length <= MAX_DEPTH) return false;
  let depth = 0;
  let inString = false;
  for (let at = 0; at < text.length && depth <= MAX_DEPTH; at++) {
    const character = text[at];
    if (character === '"') inString = !inString;
    else if (inString) at += character === "\\" ? 1 : 0;
    else if (character === "[" || character === "{") depth++;
    else if (character === "]" || character === "}") depth--;
  }
  return depth > MAX_DEPTH;
}

export const MAX_DEPTH = 200;

export function isObject(json: Json): boolean {
  return json.node.type === "object";
}

export function isArray(json: Json): boolean {
  return json.node.type === "array";
}

export function isNull(json: Json): boolean {
  return json.node.type === "null";
}

/** Keys and values of an object, in its order, duplicates included. */
export function members({ node, text }: Json): [name: string, value: Json][] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[key.value as string, { node: value, text }]] : [];
  });
}

/** The keys that an object has more than once. */
export function duplicates(json: Json): string[] {
  return findDuplicates(members(json).map(([name]) => name));
}

/** Each name that is there more than once. */
export function findDuplicates(names: string[]): string[] {
  const seen = new Set<string>();
  return [...new Set(names.filter((name) => seen.size === seen.add(name).size))];
}

/** Where it begins in its text: a member of an object, at its key. */
export function offsetOf({ node }: Json): number {
  return (node.parent?.type === "property" ? node.parent : node).offset;
}

/** The elements of an array. */
export function elements({ node, text }: Json): Json[] {
  return (node.children ?? []).map((child) => ({ node: child, text }));
}

/** As JSON.parse gives it: a key "__proto__" is a key like any other. */
export function toValue({ node, text }: Json): unknown {
  return JSON.parse(text.slice(node.offset, node.offset + node.length));
}

/** What goes into a variable: a string decoded, a number or boolean as written, the rest as compact JSON. */
export function toVariableText(json: Json): string {
  return json.node.type === "string" ? json.node.value : compact(json);
}

function compact(json: Json): string {
  const { node, text } = json;
  if (node.type === "string") return JSON.stringify(node.value);
  if (isArray(json)) return `[${elements(json).map(compact).join(",")}]`;
  if (!isObject(json)) return text.slice(node.offset, node.offset + node.length);
  return `{${members(json)
    .map(([name, value]) => `${JSON.stringify(name)}:${compact(value)}`)
    .join(",")}}`;
}

const TOO_DEEP: JsonError = { wrong: `it is nested more than ${MAX_DEPTH} levels deep` };

function inWords(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
