// Usage: npm run reproduce. Builds every zip in two checkouts, and fails unless both have the same bytes.

import { buildTwice } from "./support/build-twice.ts";

const [first, second] = await buildTwice(["--arch", "all"]);
console.log(first);
if (first !== second) {
  console.error(`The other checkout's build differs:\n${second}`);
  process.exitCode = 1;
}
