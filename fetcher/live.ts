// The wrapper's program in the layer with the live cache, which fetches for both.

import { askCache } from "./ask-cache.ts";
import { fetchFromServices } from "./fetch-from-services.ts";
import { run } from "./run.ts";

// A check says what the services have now.
const isCheck = process.argv[2] === "--check";

const status = await run(process.env, process.argv, {
  stdout: (text) => process.stdout.write(text),
  stderr: (line) => process.stderr.write(line),
  execve: (file, argv, env) => process.execve(file, argv, env),
  fetch: async (prepared, deadline, log) => {
    const outcomes = isCheck ? undefined : await askCache(process.env, prepared.plan, deadline);
    return outcomes ?? (await fetchFromServices(prepared, deadline, log));
  },
});
process.exit(status);
