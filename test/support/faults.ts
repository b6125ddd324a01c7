// Every fault of the network and the services that the wrapper is tried with.

import type { RequestListener } from "node:http";
import { answerFaults } from "./answer-faults.ts";
import { connectionFaults } from "./connection-faults.ts";
import { answering, type Provoke } from "./fault-servers.ts";
import { describeTarget, PARAMETER, PATH, SECRET, type Target } from "./fault-targets.ts";
import { PARAMETER_FAULTS, PATH_FAULTS } from "./parameter-faults.ts";
import { PROXY_FAULTS } from "./proxy-faults.ts";
import { SECRET_FAULTS } from "./secret-faults.ts";

export type Fault = Named & {
  /** Starts the endpoint that has it. */
  provoke: Provoke;
};

export type AnswerFault = Named & {
  /** What the target is answered with, one after the other; the last stays. */
  answers: RequestListener[];
  /** How it is asked for, if not as usual. */
  reference?: string;
};

type Named = {
  name: string;
  /** The report's code and cause; none where the program starts in spite of the fault. */
  says?: string;
  /** Words of the report's remedy. */
  remedy?: string;
  /** SECRETS_TIMEOUT, where the fault outlasts it. */
  seconds?: number;
};

/** The entries with the fault, and how the report names them. */
export type Case = Fault & { target: Target; secrets: Record<string, string>; hit: string };

export const FAULTS: Case[] = [
  ...[...connectionFaults(SECRET), ...PROXY_FAULTS].map(
    hitting(SECRET, { ...SECRET, variable: "OTHER", reference: "prod/other", name: "prod/other" }),
  ),
  ...[...answerFaults(SECRET), ...SECRET_FAULTS].map(answeredWith(SECRET)),
  ...[...connectionFaults(PARAMETER), ...PROXY_FAULTS].map(hitting(PARAMETER, PATH)),
  ...[...answerFaults(PARAMETER), ...PARAMETER_FAULTS].map(answeredWith(PARAMETER)),
  ...[...answerFaults(PATH), ...PATH_FAULTS].map(answeredWith(PATH)),
];

/** Whatever is asked for: here two. */
function hitting(target: Target, other: Target): (fault: Fault) => Case {
  const secrets = { [target.variable]: target.reference, [other.variable]: other.reference };
  const hit = [target, other].map(describeTarget).join(", ");
  return (fault) => ({ ...fault, target, secrets, hit });
}

/** Beside a secret that is there. */
function answeredWith(target: Target): (fault: AnswerFault) => Case {
  return ({ answers, reference = target.reference, ...fault }) => ({
    ...fault,
    target,
    provoke: answering(...answers),
    secrets: { [target.variable]: reference, OTHER: "prod/other" },
    hit: describeTarget(target),
  });
}
