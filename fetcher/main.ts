import { fetchFromServices } from "./fetch-from-services.ts";
import { run } from "./run.ts";

const status = await run(process.env, process.argv, {
  stdout: (text) => process.stdout.write(text),
  stderr: (line) => process.stderr.write(line),
  execve: (file, argv, env) => process.execve(file, argv, env),
  fetch: fetchFromServices,
});
process.exit(status);
