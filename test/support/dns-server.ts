// A name service whose answers are in the question: for a-servfail-0.aaaa-address-20.test it fails for A, and gives ::1 after 20 ms.

import { createSocket, type RemoteInfo } from "node:dgram";
import { once } from "node:events";

export const ANSWERS = [
  "address",
  "empty",
  "servfail",
  "refused",
  "notimp",
  "nxdomain",
  "silent",
  "truncated",
  "garbage",
] as const;

/** What is said of a name, for each type of address. */
export type Answer = { answer: (typeof ANSWERS)[number]; delayMs: number };
export type Behaviour = { a: Answer; aaaa: Answer };

/** The host that is answered so. */
export function hostOf({ a, aaaa }: Behaviour): string {
  return `a-${a.answer}-${a.delayMs}.aaaa-${aaaa.answer}-${aaaa.delayMs}.test`;
}

/** Answers at 127.0.0.1:53, which is free in a network of its own; gives the names asked for, as they come. */
export async function serveDns(): Promise<string[]> {
  const asked: string[] = [];
  const socket = createSocket("udp4", (query, from) => {
    const { name, type, end } = readQuestion(query);
    asked.push(name);
    const [, answer = "nxdomain", delayMs] = new RegExp(`\\b${type}-([a-z]+)-(\\d+)\\b.*\\.test$`).exec(name) ?? [];
    const reply = toReply(query.subarray(0, end), type, answer);
    if (reply) setTimeout(send, Number(delayMs ?? 0), reply, from);
  });
  const send = (reply: Buffer, { port, address }: RemoteInfo) => socket.send(reply, port, address);
  socket.bind(53, "127.0.0.1");
  await once(socket, "listening");
  return asked;
}

function readQuestion(query: Buffer): { name: string; type: string; end: number } {
  const labels: string[] = [];
  let at = HEADER_BYTES;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += 1 + length;
  }
  const type = query.readUInt16BE(at + 1) === TYPE_AAAA ? "aaaa" : "a";
  return { name: labels.join("."), type, end: at + 5 };
}

/** The question with a header that says what became of it, and a record where there is one. */
function toReply(question: Buffer, type: string, answer: string): Buffer | undefined {
  if (answer === "silent") return undefined;
  if (answer === "garbage") return Buffer.concat([question.subarray(0, 2), Buffer.alloc(40, 0xa5)]);
  const reply = Buffer.from(question);
  const truncated = answer === "truncated" ? 0x0200 : 0;
  reply.writeUInt16BE(0x8180 | truncated | (CODES[answer] ?? 0), 2);
  reply.writeUInt16BE(answer === "address" ? 1 : 0, 6);
  // No further records, whatever the question had.
  reply.fill(0, 8, HEADER_BYTES);
  return answer === "address" ? Buffer.concat([reply, type === "aaaa" ? LOOPBACK_6 : LOOPBACK_4]) : reply;
}

const HEADER_BYTES = 12;
const TYPE_AAAA = 28;
const CODES: Record<string, number> = { servfail: 2, nxdomain: 3, notimp: 4, refused: 5 };
/** Of the name in the question (c00c), type, class IN, a lifetime of one minute. */
const LOOPBACK_4 = Buffer.from("c00c000100010000003c00047f000001", "hex");
const LOOPBACK_6 = Buffer.from("c00c001c00010000003c001000000000000000000000000000000001", "hex");
