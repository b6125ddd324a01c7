// Usage: npm run site [-- --base /PATH/]. Makes dist/site of the pages; --base: where a server has it, if not at /.

import { join } from "node:path";
import { DIST } from "../layer/paths.ts";
import { buildSite } from "./build-site.ts";

const output = join(DIST, "site");
buildSite(output, process.argv.slice(2));
console.log(`${output}/index.html`);
