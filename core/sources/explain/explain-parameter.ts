import type { ParameterReference, PathReference } from "../../config/reference.ts";
import { type Problem, quote } from "../../fault/fault.ts";

/** The service returns no error for a parameter that does not exist, but omits it from the response. */
export function parameterNotFound(reference: ParameterReference | PathReference, region: string): Problem {
  const cause = reference.kind === "path" ? "there is no parameter under the path" : causeOf(reference);
  const more = reference.kind === "path" ? PATHS[reference.recursive ? "deep" : "flat"] : describeForms(reference);
  return {
    code: "ParameterNotFound",
    cause,
    remedy: `It was requested in ${region}. Correct its name in SECRETS, or create it; ${more}`,
    missing: true,
  };
}

function causeOf({ version }: ParameterReference): string {
  if (version === undefined) return "the parameter does not exist";
  return `the parameter does not exist, or has no version or label ${quote(version)}`;
}

/** What follows the colon may be meant as a JSON key, which it is in a secret's reference. */
function describeForms({ id, version }: ParameterReference): string {
  if (version === undefined || /^\d+$/.test(version)) return OF_ANOTHER_REGION;
  return `${OF_ANOTHER_REGION} For a JSON key, use the object form: ${JSON.stringify({ parameter: id, key: version })}.`;
}

const OF_ANOTHER_REGION = "a parameter in another Region or account needs its full ARN.";

/** A path has no ARN that could name another Region or account. */
const PATHS = {
  flat: "to include all levels below a path, end it in two asterisks.",
  deep: "a path is always in the function's own Region and account.",
};
