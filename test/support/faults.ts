// Every fault of the network and the service that the wrapper is tried with.

import type { RequestListener } from "node:http";
import { ANSWER_FAULTS } from "./answer-faults.ts";
import { CONNECTION_FAULTS } from "./connection-faults.ts";
import { answering, type Provoke } from "./fault-servers.ts";

export type Fault = Named & {
  /** Starts the endpoint that has it. */
  provoke: Provoke;
};

export type AnswerFault = Named & {
  /** What `prod/db` is answered with, one after the other; the last stays. */
  answers: RequestListener[];
  /** How it is asked for. */
  reference?: string;
};

type Named = {
  name: string;
  /** The report's code and cause; none where the program starts in spite of the fault. */
  says?: string;
  /** SECRETS_TIMEOUT, where the fault outlasts it. */
  seconds?: number;
};

/** The entry that is hit, and one whose secret is there. */
export type Case = Fault & { secrets: Record<string, string>; hit: string };

const OTHER = { OTHER: "prod/other" };

export const FAULTS: Case[] = [
  ...CONNECTION_FAULTS.map((fault) => ({
    ...fault,
    secrets: { DB: "prod/db", ...OTHER },
    hit: 'DB (from "prod/db"), OTHER (from "prod/other")',
  })),
  ...ANSWER_FAULTS.map(({ answers, reference = "prod/db", ...fault }) => ({
    ...fault,
    provoke: answering(...answers),
    secrets: { DB: reference, ...OTHER },
    hit: 'DB (from "prod/db")',
  })),
];
