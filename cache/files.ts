import type { Fault } from "../core/fault/fault.ts";
import type { SecretFile } from "../core/values/secret-file.ts";
import type { Slot } from "./slot.ts";

/** Writes the files of these slots, as they are held. A reader of those that are replaced may finish. */
export function writeFilesOf(slots: readonly Slot[]): Promise<Fault[]> {
  return put(slots.flatMap(filesOf), "kept");
}

/** Removes all that was written, by this process or by the wrapper. */
export function removeFilesOf(slots: readonly Slot[]): Promise<Fault[]> {
  return put(
    slots.flatMap(filesOf).map((file) => ({ ...file, content: undefined })),
    "removed",
  );
}

async function put(files: SecretFile[], replaced: "removed" | "kept"): Promise<Fault[]> {
  if (files.length === 0) return [];
  // Loaded only here: most functions have no files.
  const { writeFiles } = await import("../core/files/write-files.ts");
  return writeFiles(files, replaced).faults;
}

/** Of an entry whose secret does not exist, nothing is to be at its path. */
function filesOf({ held, entries }: Slot): SecretFile[] {
  return entries.flatMap((entry) => {
    const values = held?.values.get(entry);
    if (!entry.file || !values) return [];
    const [value] = values;
    return [value?.file ?? { ...entry.file, name: entry.subject, content: undefined }];
  });
}
