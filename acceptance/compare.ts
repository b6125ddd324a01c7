import type { Answer, Deployed, Hashes } from "./deployed.ts";

/** Says what a function has seen otherwise than it should: nothing where all is right. No message has a value. */
export function compare({ use }: Deployed, answer: Answer, expected: Hashes): string[] {
  if (use === "no-route") return compareFailure(answer);
  if (answer.error) return [`failed: ${JSON.stringify(answer.payload)}`];
  const seen = answer.payload as Hashes;
  return Object.entries(expected).flatMap(([name, hash]) =>
    (seen[name] ?? null) === hash ? [] : describe(name, seen[name], hash),
  );
}

/** It has to end with the wrapper's own report, and not by Lambda's time limit. */
function compareFailure({ error, payload }: Answer): string[] {
  if (!error) return ["has started, though it has no route to the services"];
  const { errorType, errorMessage = "" } = payload as { errorType?: string; errorMessage?: string };
  const isReported = errorType === "Runtime.SecretsUnavailable" && NO_CONNECTION.test(errorMessage);
  return isReported ? [] : [`failed for another reason than the missing route: ${JSON.stringify(payload)}`];
}

function describe(name: string, seen: string | null | undefined, expected: string | null): string {
  if (seen === null || seen === undefined) return `${name} is not set`;
  return expected === null
    ? `${name} is set, though its secret does not exist`
    : `${name} has another value than is stored`;
}

const NO_CONNECTION = /no connection was established|no route to the host|host name was not resolved/;
