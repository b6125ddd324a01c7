import type { Fault, Problem } from "../fault/fault.ts";
import type { Entry } from "./parse.ts";

/** The fault of an entry, with its location if it is written in a file. */
export function faultOf({ subject, offset = 0, locationAt }: Entry, problem: Problem): Fault {
  return { ...problem, subject, ...(locationAt && { location: locationAt(offset) }) };
}
