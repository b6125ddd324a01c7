import { parseArgs } from "node:util";

export type Options = { rounds: number; peers: Peer[] };

/** Another candidate, as the command line gives it. */
export type Peer = { name: string; command: string };

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    options: { rounds: { type: "string", default: "30" }, peer: { type: "string", multiple: true, default: [] } },
  });
  return { rounds: toRounds(values.rounds), peers: values.peer.map(toPeer) };
}

function toRounds(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new Error(`--rounds takes a number from 1, not ${text}`);
  return Number(text);
}

function toPeer(text: string): Peer {
  const [, name, command] = /^([^=]+)=(.+)$/s.exec(text) ?? [];
  if (!name || !command) throw new Error(`--peer takes NAME=COMMAND, not ${text}`);
  return { name, command };
}
