import { type Fault, quote, type SecretsError } from "./fault.ts";
import type { Log } from "./log.ts";

/** Logs every fault, and last that the function was not started. */
export function logFaults({ faults }: SecretsError, log: Log): void {
  const groups = group(faults);
  for (const { subjects, fault } of groups) {
    log("ERROR", `${subjects.join(", ")}${toSentences(fault)}`, {
      code: fault.code,
      subject: subjects.join(", "),
      ...(fault.secret && { secret: fault.secret }),
    });
  }
  log("FATAL", `The function was not started: ${count(faults.length, "fault")}, listed above.`);
}

/** For the function's caller: variables and causes, without the names of secrets, and without ARNs even as names. */
export function toPublicMessage({ faults }: SecretsError): string {
  const causes = group(faults).map(({ subjects, fault }) => `${subjects.join(", ")}: ${fault.cause}`);
  const shown = causes.slice(0, MAX_PUBLIC_CAUSES);
  const more = causes.length > shown.length ? [`and ${causes.length - shown.length} more`] : [];
  return `The function was not started. ${[...shown, ...more].join("; ")}.`.replace(/arn:[^\s"]+/g, "arn:…");
}

function toSentences({ code, cause, secret, remedy, detail }: Fault): string {
  const from = secret === undefined ? "" : ` (from ${quote(secret)})`;
  return `${from}: ${cause}. ${remedy} [${detail === undefined ? code : `${code}: ${detail}`}]`;
}

/** Puts subjects together that have one fault in common, such as the keys of one missing secret. */
function group(faults: Fault[]): { subjects: string[]; fault: Fault }[] {
  const groups = new Map<string, { subjects: string[]; fault: Fault }>();
  for (const { subject, ...fault } of faults) {
    const identity = JSON.stringify(fault);
    const known = groups.get(identity);
    const name = printable(subject);
    if (known) known.subjects.push(name);
    else groups.set(identity, { subjects: [name], fault: { subject, ...fault } });
  }
  return [...groups.values()];
}

/** A name that is not of the usual characters is quoted, so that it cannot break the line. */
function printable(subject: string): string {
  return /^[\w*[\]./-]+$/.test(subject) ? subject : quote(subject);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}

const MAX_PUBLIC_CAUSES = 50;
