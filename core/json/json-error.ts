import { type ParseErrorCode, printParseErrorCode, visit } from "jsonc-parser";
import { isTooDeep, MAX_DEPTH } from "./json.ts";
import { positionsIn } from "./position.ts";

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
  const errors: Required<JsonError>[] = [];
  const onError = (code: ParseErrorCode, offset: number) =>
    errors.push({ wrong: inWords(printParseErrorCode(code)), offset });
  try {
    visit(text, { onError }, { disallowComments: true, allowTrailingComma: false });
  } catch {
    return TOO_DEEP;
  }
  return errors[0] ?? { wrong: "it is not strict JSON" };
}

const TOO_DEEP: JsonError = { wrong: `it is nested more than ${MAX_DEPTH} levels deep` };

function inWords(code: string): string {
  return code.replace(/(?!^)[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
}
