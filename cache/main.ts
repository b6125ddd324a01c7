import { run } from "./run.ts";

const [, program = ""] = process.argv;
const wrapper = program.replace(/[^/]*$/, "../../wrapper");
process.exit(await run(process.env, wrapper, (line) => process.stderr.write(line)));
