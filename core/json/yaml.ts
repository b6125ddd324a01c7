// Imports only types of the core: the bundler would put a shared module into a third file.
import {
  Composer,
  type CST,
  type ErrorCode,
  isMap,
  isScalar,
  isSeq,
  Lexer,
  type ParsedNode,
  Parser,
  type YAMLMap,
} from "yaml";
import type { Result } from "../fault/result.ts";
import type { JsonError } from "./json-error.ts";

/** A YAML text as JSON. `offsets` leads from the keys and values of the JSON to those of the YAML. */
export type AsJson = { text: string; offsets: ReadonlyMap<number, number> };

/** Reads YAML 1.2 of one document, and keeps the order and the duplicates of keys. */
export function yamlToJson(yaml: string, maxDepth: number): Result<AsJson, JsonError> {
  try {
    const [document, second] = new Composer(OPTIONS).compose(tokensOf(yaml, maxDepth), true, yaml.length);
    const problems = [...(document?.errors ?? []), ...(document?.warnings ?? [])];
    const [first] = problems.sort((a, b) => a.pos[0] - b.pos[0]);
    if (first) return refused(inWords(first.code, yaml[first.pos[0]]), first.pos[0]);
    if (second) return refused("there is a second document", second.range[0]);
    return { ok: true, value: write((document?.contents ?? null) as ParsedNode | null) };
  } catch (error) {
    if (error instanceof Refused) return { ok: false, error: error.why };
    throw error;
  }
}

const OPTIONS = {
  schema: "core",
  version: "1.2",
  // As in JSON: who reads the entries looks for duplicates.
  uniqueKeys: false,
  // A tag is for other values than JSON's.
  resolveKnownTags: false,
} as const;

/** The parser's tokens, as long as they do not nest deeper than what reads them by recursion may go. */
function* tokensOf(yaml: string, maxDepth: number): Generator<CST.Token, void> {
  const parser = new Parser();
  for (const lexeme of new Lexer().lex(yaml)) {
    yield* parser.next(lexeme);
    // The document is on the stack too, and at times a scalar.
    if (parser.stack.length > maxDepth + 2)
      throw new Refused({ wrong: `it is nested more than ${maxDepth} levels deep` });
  }
  yield* parser.end();
}

function write(root: ParsedNode | null): AsJson {
  const parts: string[] = [];
  const offsets = new Map<number, number>();
  let length = 0;

  function put(text: string, from?: ParsedNode | null): void {
    if (from) offsets.set(length, from.range[0]);
    parts.push(text);
    length += text.length;
  }

  function putNode(node: ParsedNode | null): void {
    if (node === null) put("null");
    else if (isScalar(node)) put(JSON.stringify(node.value), node);
    else if (isMap(node)) putMap(node);
    else if (isSeq(node)) putList(node, "[", "]", putNode);
    else throw new Refused({ wrong: ALIAS, offset: node.range[0] });
  }

  function putMap(map: YAMLMap.Parsed): void {
    putList(map, "{", "}", ({ key, value }) => {
      if (!isScalar(key)) throw new Refused({ wrong: "a key is not a string", offset: (key ?? map).range[0] });
      // Of 1 or true, what is written; of a text, what is meant.
      put(JSON.stringify(typeof key.value === "string" ? key.value : (key.source ?? "")), key);
      put(":");
      putNode(value);
    });
  }

  function putList<Item>(
    node: ParsedNode & { items: Item[] },
    open: string,
    close: string,
    putItem: (item: Item) => void,
  ) {
    put(open, node);
    node.items.forEach((item, index) => {
      if (index > 0) put(",");
      putItem(item);
    });
    put(close);
  }

  putNode(root);
  return { text: parts.join(""), offsets };
}

class Refused extends Error {
  constructor(readonly why: JsonError) {
    super(why.wrong);
  }
}

function refused(wrong: string, offset: number): Result<never, JsonError> {
  return { ok: false, error: { wrong, offset } };
}

/** Not the error's message: it quotes the text. */
function inWords(code: ErrorCode, character: string | undefined): string {
  if (character === "*") return ALIAS;
  return WORDS[code] ?? code.toLowerCase().replaceAll("_", " ");
}

const ALIAS = "an alias is not supported; a text that begins with * needs quotes";
const WORDS: Partial<Record<ErrorCode, string>> = {
  BAD_ALIAS: ALIAS,
  BAD_SCALAR_START: "a text that begins with this character needs quotes",
  BLOCK_AS_IMPLICIT_KEY: "a text with a colon at its end, or before a space, needs quotes",
  TAG_RESOLVE_FAILED: "this tag is not supported",
};
