import { type Cause, quote } from "./fault.ts";
import type { ParameterReference, PathReference } from "./reference.ts";

/** The service gives no error for a parameter that does not exist: it is not among the answers. */
export function parameterNotFound(reference: ParameterReference | PathReference, region: string): Cause {
  return {
    code: "ParameterNotFound",
    cause: causeOf(reference),
    remedy: `It was looked for in ${region}. Correct ${quote(reference.id)} in SECRETS, or create it; a parameter of another Region, or one that another account shares, needs its full ARN.`,
    missing: true,
  };
}

function causeOf(reference: ParameterReference | PathReference): string {
  if (reference.source === "path") return "there is no parameter under the path";
  const { version } = reference;
  if (version === undefined) return "the parameter does not exist";
  return `the parameter does not exist, or has no version or label ${quote(version)}`;
}
