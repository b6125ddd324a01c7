// The store, in a process of its own so that it does not take turns with the one that measures.

import { type StoreOptions, startStore } from "../test/support/store.ts";

export type Order = { secrets: Record<string, string>; options: StoreOptions };

process.once("message", async ({ secrets, options }: Order) => {
  const { url } = await startStore(secrets, options);
  process.send?.(url);
});
process.once("disconnect", () => process.exit());
