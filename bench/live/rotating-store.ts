// A store in a process of its own, whose secrets all have a new version each second.

import { type Stored, startStore } from "../../test/support/store.ts";

/** The id of each secret is the start of its variables' names, and of its values. */
export type RotationOrder = { ids: string[]; everyMs: number };

process.once("message", async ({ ids, everyMs }: RotationOrder) => {
  const secrets: Record<string, Stored> = {};
  let version = 0;
  const rotate = () => {
    version++;
    for (const id of ids) secrets[id] = JSON.stringify({ a: `${id}-${version}`, b: `${id}-${version}` });
  };
  rotate();
  const { url } = await startStore(secrets);
  setInterval(rotate, everyMs);
  process.send?.(url);
});
process.once("disconnect", () => process.exit());
