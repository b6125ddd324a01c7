import { type Node, type ParseError, parseTree, printParseErrorCode } from "jsonc-parser";

/** A JSON value that still knows its source text, order and duplicates. */
export type Json = { node: Node; source: string };

/** The value of a JSON text, or undefined where it is not strictly JSON. */
export function parseJson(source: string): Json | undefined {
  try {
    JSON.parse(source);
    const node = parseTree(source);
    return node && { node, source };
  } catch {
    // Not passed on: a parser's message quotes its input.
    return undefined;
  }
}

/** Where a text stops being JSON: "line 1, column 9: comma expected". Quotes nothing of it. */
export function describeJsonError(source: string): string {
  const errors: ParseError[] = [];
  try {
    parseTree(source, errors, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return "it is nested too deeply";
  }
  const [first] = errors;
  if (!first) return "it is not strict JSON";
  const before = source.slice(0, first.offset).split("\n");
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${before.length}, column ${column}: ${inWords(printParseErrorCode(first.error))}`;
}

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
export function members({ node, source }: Json): [name: string, value: Json][] {
  return (node.children ?? []).flatMap(({ children }) => {
    const [key, value] = children ?? [];
    return key && value ? [[key.value as string, { node: value, source }]] : [];
  });
}

/** The elements of an array. */
export function elements({ node, source }: Json): Json[] {
  return (node.children ?? []).map((child) => ({ node: child, source }));
}

/** As JSON.parse gives it: a key "__proto__" is a key like any other. */
export function toValue({ node, source }: Json): unknown {
  return JSON.parse(source.slice(node.offset, node.offset + node.length));
}

/** What goes into a variable: a string decoded, a number or boolean as written, the rest as compact JSON. */
export function toText(json: Json): string {
  return json.node.type === "string" ? json.node.value : compact(json);
}

function compact(json: Json): string {
  const { node, source } = json;
  if (node.type === "string") return JSON.stringify(node.value);
  if (isArray(json)) return `[${elements(json).map(compact).join(",")}]`;
  if (!isObject(json)) return source.slice(node.offset, node.offset + node.length);
  return `{${members(json)
    .map(([name, value]) => `${JSON.stringify(name)}:${compact(value)}`)
    .join(",")}}`;
}

function inWords(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
