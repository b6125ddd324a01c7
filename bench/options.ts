import { parseArgs } from "node:util";
import { ALL_CONDITIONS, type Conditions } from "./conditions/conditions.ts";

export type Options = {
  rounds: number;
  peers: Peer[];
  /** A run under each. */
  conditions: Conditions[];
  /** Whether the figures are kept in the repository, for its documents. */
  save: boolean;
  /** Whether the live cache is measured, with so many requests. */
  live: boolean;
  requests: number;
  /** Whether it is the cost of growing work that is measured, or the cold start of functions. */
  growth: boolean;
  coldStart: boolean;
};

/** Another candidate, as the command line gives it. */
export type Peer = { name: string; command: string };

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: {
      rounds: { type: "string", default: "30" },
      peer: { type: "string", multiple: true, default: [] },
      rtt: { type: "string" },
      cpu: { type: "string" },
      "all-conditions": { type: "boolean", default: false },
      save: { type: "boolean", default: false },
      live: { type: "boolean", default: false },
      requests: { type: "string", default: "200000" },
      growth: { type: "boolean", default: false },
      "cold-start": { type: "boolean", default: false },
    },
  });
  const { save, "all-conditions": all, rtt, cpu } = values;
  if ((rtt ?? cpu) !== undefined && (save || all)) {
    throw new Error("--rtt and --cpu are for one run that is not kept: without --save and --all-conditions");
  }
  if (save && values.live) throw new Error("--live keeps nothing: without --save");
  return {
    rounds: toCount("--rounds", values.rounds),
    peers: values.peer.map(toPeer),
    conditions: all ? ALL_CONDITIONS : [toConditions(rtt, cpu)],
    save,
    live: values.live,
    requests: toCount("--requests", values.requests),
    growth: values.growth,
    coldStart: values["cold-start"],
  };
}

function toCount(option: string, text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`${option} takes a number from 1, not ${text}`);
  return Number(text);
}

function toConditions(rtt: string | undefined, cpu: string | undefined): Conditions {
  return {
    ...(rtt !== undefined && { rttMs: toPositive("--rtt", rtt) }),
    ...(cpu !== undefined && { cpuShare: toPositive("--cpu", cpu, 1) }),
  };
}

function toPositive(option: string, text: string, most = Number.MAX_VALUE): number {
  const number = /^\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  if (number > 0 && number <= most) return number;
  throw new Error(`${option} takes a number above 0${most === 1 ? ", at most 1" : ""}, not ${text}`);
}

function toPeer(text: string): Peer {
  const [, name, command] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (!name || !command) throw new Error(`--peer takes NAME=COMMAND, not ${text}`);
  return { name, command };
}
