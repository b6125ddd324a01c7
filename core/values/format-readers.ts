import type { EntryOptions } from "../config/entry-options.ts";
import type { PlannedEntry } from "../config/plan.ts";
import type { Problem } from "../fault/fault.ts";
import type { Result } from "../fault/result.ts";
import type { StoredValue } from "../sources/decode.ts";
import type { Folder, Validity } from "./secret-file.ts";

/** Reads a secret whose entry has a `format`. */
export type FormatReader = (secret: StoredValue) => Result<{ content: Folder; validity: Validity }, Problem>;

/** The readers by format, of those that are loaded. */
export type FormatReaders = { [format in NonNullable<EntryOptions["format"]>]?: FormatReader };

/** Those that the entries need. */
export async function loadFormatReaders(plan: PlannedEntry[]): Promise<FormatReaders> {
  if (!plan.some(({ entry }) => entry.format)) return {};
  // Loaded only here: it is larger than all else.
  const { readSvid } = await import("./svid/x509-svid.ts");
  return { "x509-svid": readSvid };
}
