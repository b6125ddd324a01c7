import { type Cause, quote } from "./fault.ts";
import type { ParameterReference, PathReference } from "./reference.ts";

/** The service gives no error for a parameter that does not exist: it is not among the answers. */
export function parameterNotFound(reference: ParameterReference | PathReference, region: string): Cause {
  const cause = reference.source === "path" ? "there is no parameter under the path" : causeOf(reference);
  const more = reference.source === "path" ? remedyOfPath(reference) : OF_ANOTHER_REGION;
  return {
    code: "ParameterNotFound",
    cause,
    remedy: `It was looked for in ${region}. Correct ${quote(reference.id)} in SECRETS, or create it; ${more}`,
    missing: true,
  };
}

function causeOf({ version }: ParameterReference): string {
  if (version === undefined) return "the parameter does not exist";
  return `the parameter does not exist, or has no version or label ${quote(version)}`;
}

/** A path is never of another account or Region: it has no ARN. */
function remedyOfPath({ id, recursive }: PathReference): string {
  return recursive
    ? "a path is one of the function's own Region and account."
    : `what is deeper than one level needs ${quote(`${id}**`)}.`;
}

const OF_ANOTHER_REGION = "a parameter of another Region, or one that another account shares, needs its full ARN.";
