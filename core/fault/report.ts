import type { Log } from "../host/log.ts";
import { count, type Fault, type FaultReport, quote } from "./fault.ts";

/** Logs every fault, and last the outcome. */
export function logFaults({ faults }: FaultReport, log: Log, outcome: string): void {
  // Faults with the same cause, such as no network, share a line.
  for (const group of groupBy(faults, ({ subject, location, secret, variable, tries, ...problem }) =>
    JSON.stringify(problem),
  )) {
    const secrets = group.flatMap(({ secret }) => secret ?? []);
    const locations = group.flatMap(({ location }) => location ?? []);
    const variables = group.flatMap(({ variable }) => variable ?? []);
    log("ERROR", `${group.map(describe).join(", ")}: ${toSentences(group)}`, {
      code: group[0].code,
      subject: namesOf(group),
      ...(locations.length > 0 && { location: locations.join(", ") }),
      ...(variables.length > 0 && { variable: variables.join(", ") }),
      ...(secrets.length > 0 && { secret: [...new Set(secrets)].join(", ") }),
    });
  }
  log("FATAL", `${outcome}: ${count(faults.length, "fault")}, listed above.`);
}

/** For the function's caller: variables and causes, without the names of secrets, and without ARNs even as names. */
export function toPublicMessage({ faults }: FaultReport): string {
  const causes = groupBy(faults, ({ cause }) => cause).map((group) => `${namesOf(group)}: ${group[0].cause}`);
  const shown = causes.slice(0, MAX_PUBLIC_CAUSES);
  const more = causes.length > shown.length ? [`and ${causes.length - shown.length} more`] : [];
  return `The function was not started. ${[...shown, ...more].join("; ")}.`.replace(/arn:[^\s"]+/g, "arn:…");
}

type Group = [Fault, ...Fault[]];

function groupBy(faults: Fault[], keyOf: (fault: Fault) => string): Group[] {
  const groups = new Map<string, Group>();
  for (const fault of faults) {
    const key = keyOf(fault);
    const known = groups.get(key);
    if (known) known.push(fault);
    else groups.set(key, [fault]);
  }
  return [...groups.values()];
}

function describe({ subject, location, variable, secret }: Fault): string {
  const where = location === undefined ? "" : ` in ${printable(location)}`;
  const about = [
    variable !== undefined && `variable ${quote(variable)}`,
    secret !== undefined && `from ${quote(secret)}`,
  ];
  const known = about.filter(Boolean).join(", ");
  return `${printable(subject)}${where}${known && ` (${known})`}`;
}

function namesOf(group: Group): string {
  return group.map(({ subject }) => printable(subject)).join(", ");
}

function toSentences(group: Group): string {
  const { code, cause, remedy, detail } = group[0];
  return `${cause}.${describeTries(group)} ${remedy} [${detail === undefined ? code : `${code}: ${detail}`}]`;
}

function describeTries(group: Group): string {
  const tries = group.map(({ tries = 1 }) => tries);
  const [least, most] = [Math.min(...tries), Math.max(...tries)];
  if (most === 1) return "";
  return ` It was tried ${least === most ? most : `${least} to ${most}`} times.`;
}

/** Quotes a name or location with unusual characters, so that it cannot break the line. */
function printable(subject: string): string {
  return /^[\w*[\]./-]+(?::\d+:\d+)?$/.test(subject) ? subject : quote(subject);
}

const MAX_PUBLIC_CAUSES = 50;
