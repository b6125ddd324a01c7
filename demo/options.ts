import { parseArgs } from "node:util";

/** Whether the demo is of mistakes. Throws on any other argument. */
export function readOptions(args: string[], env: NodeJS.ProcessEnv): { isOfMistakes: boolean } {
  const { values } = parseArgs({ args, options: { break: { type: "boolean", default: false } } });
  // `npm run demo --break`, without `--` before it: npm takes the option and passes it on as a variable.
  return { isOfMistakes: values.break || env.npm_config_break === "true" };
}
