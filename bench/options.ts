import { parseArgs } from "node:util";

export type Options = {
  rounds: number;
  peers: Peer[];
  /** Whether the figures are kept in the repository, for the chart. */
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
      save: { type: "boolean", default: false },
      live: { type: "boolean", default: false },
      requests: { type: "string", default: "200000" },
      growth: { type: "boolean", default: false },
      "cold-start": { type: "boolean", default: false },
    },
  });
  return {
    rounds: toCount("--rounds", values.rounds),
    peers: values.peer.map(toPeer),
    save: values.save,
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

function toPeer(text: string): Peer {
  const [, name, command] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (!name || !command) throw new Error(`--peer takes NAME=COMMAND, not ${text}`);
  return { name, command };
}
