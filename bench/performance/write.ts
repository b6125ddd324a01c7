// Usage: npm run performance. Writes docs/performance.md, its charts and the README's section of what npm run bench has kept.

import { writeFileSync } from "node:fs";
import { listDocuments } from "./documents.ts";

for (const { file, text } of listDocuments()) writeFileSync(file, text);
