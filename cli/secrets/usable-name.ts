import { checkName } from "../../core/config/variable-names.ts";
import { quote } from "../../core/fault/fault.ts";

/** Whether SECRETS may set this variable. If not, says on standard error why it is left out. */
export function isUsableName(name: string): boolean {
  const checked = checkName(name);
  if (!checked.ok) console.error(`${quote(name)} is left out: ${checked.error.cause}.`);
  return checked.ok;
}
