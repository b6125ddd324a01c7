import { parse } from "dotenv";
import { pattern } from "../../core/config/grammar.ts";
import { quote } from "../../core/fault/fault.ts";
import { readInput } from "../read-input.ts";
import { printSecrets } from "./print-secrets.ts";
import { isUsableName } from "./usable-name.ts";

/** Prints SECRETS with the names of a dotenv file, and none of its values. */
export async function printEnvNames(file: string, options: { prefix: string; separate: boolean }): Promise<void> {
  const { prefix, separate } = options;
  const names = Object.keys(parse(readInput(file))).filter(isUsableName);
  if (names.length === 0) throw new Error(`${file} has no variable for SECRETS. Write lines such as DB_PASSWORD=`);
  const secret = separate ? prefix : prefix.replace(/\/$/, "");
  // After a colon, the rest of the name would be something else.
  if (!pattern("secretName").test(separate ? `${secret}${names[0]}` : secret)) {
    throw new Error(`${quote(prefix)} cannot begin the name of a secret. Use for example --prefix prod/app/`);
  }
  await printSecrets(new Map(names.map((name) => [name, `${secret}${separate ? "" : ":"}${name}`])));
}
