import type { Fault, FaultReport } from "../../core/fault/fault.ts";
import { logFaults } from "../../core/fault/report.ts";
import type { Env } from "../../core/host/env.ts";
import { createLog, type Log } from "../../core/host/log.ts";
import type { Caller } from "./caller.ts";

/** Lambda's log without what only a function has: its role, its VPC, its layers. */
export function createLocalLog(env: Env, write: (line: string) => void): Log {
  const log = createLog(env, write);
  return (level, message, fields) =>
    log(level, () => toLocalWords(typeof message === "string" ? message : message()), fields);
}

/** Logs every fault with what to change on this machine, and last the outcome. */
export function reportLocally({ type, faults }: FaultReport, caller: Caller, log: Log, outcome: string): void {
  logFaults({ type, faults: faults.map((fault) => toLocalFault(fault, caller)) }, log, outcome);
}

export function toLocalWords(message: string): string {
  return PHRASES.reduce((text, [lambdas, local]) => text.replace(lambdas, local), message);
}

export function toLocalFault(fault: Fault, { noCredentials }: Caller): Fault {
  if (fault.code === "NoCredentials" && noCredentials) {
    return { ...fault, cause: "there are no AWS credentials on this machine", remedy: noCredentials };
  }
  return { ...fault, remedy: REMEDIES[fault.code] ?? fault.remedy };
}

/** By code, where all of Lambda's remedy is about Lambda. */
const REMEDIES: Record<string, string> = {
  NoSecrets: "Set SECRETS or SECRETS_FILE, or name a file of entries with --secrets.",
  NoRegion: "Set AWS_REGION or AWS_PROFILE, or region in the profile in ~/.aws/config, or use the full ARN.",
  ExpiredCredentials: "Sign in again, for single sign-on with: aws sso login.",
  InvalidCredentials:
    "Check AWS_PROFILE, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_SESSION_TOKEN, and that the Region is enabled for the account.",
  ClockSkew: "Correct the clock of this machine.",
  UnreadableFile: "Use a regular file of at most 1 MB in UTF-8; a relative path is relative to the current folder.",
  FileNotWritten:
    "Check what the message names: its space, its permissions, and that its folders are your own and no links; TMPDIR (on Windows TEMP) names another temporary folder.",
};

/** Of the other remedies and of warnings: what only a function has, and what this machine has in its place. */
const PHRASES: [RegExp, string][] = [
  [/Lambda sets it; outside Lambda, use/, "Use"],
  [/; Lambda allows [^.]*/, ""],
  [/ in the function's package or in a layer/, ""],
  [/, or the function's memory[^;]*/, ""],
  [/the function's role/, "your role or user"],
  [/in the role's policy/, "in its policy"],
  [/in the function's configuration/, "in the environment"],
  [/the function's own Region/, "your own Region"],
  [/In a VPC the usual cause is .*? NAT gateway\./, "Check this machine's network: a VPN, a firewall, a proxy."],
  [/the usual cause in a VPC is .*? NAT gateway\./, "check this machine's network: a VPN, a firewall, a proxy."],
  [/In a VPC, enable .*? private DNS names\./, "Check this machine's network and its DNS."],
  [/, the security group of a VPC endpoint/, ""],
  [/the VPC's DNS support/, "this machine's DNS"],
  [/that routes and security groups let the function reach it/, "that this machine can reach it"],
  [/If a VPC endpoint or NAT gateway leads to (.+?), add/, "If $1 can be reached without it, add"],
];
