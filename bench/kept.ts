import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../layer/paths.ts";
import { describeMachine } from "./machine.ts";

/** When and where figures were measured. */
export type Origin = { date: string; machine: string };

export function originHere(): Origin {
  return { date: new Date().toISOString().slice(0, 10), machine: describeMachine() };
}

export function describeOrigin({ date, machine }: Origin): string {
  return `${machine}; ${date}.`;
}

/** What `npm run bench` has kept in a file of bench/. */
export function readKept<Figures>(name: string): Figures {
  return JSON.parse(readFileSync(toPath(name), "utf8"));
}

export function keep(name: string, figures: object): void {
  writeFileSync(toPath(name), `${JSON.stringify(figures, shorten, 2)}\n`);
}

function toPath(name: string): string {
  return join(ROOT, "bench", name);
}

/** No more digits than a clock or a ratio means. */
function shorten(_: string, value: unknown): unknown {
  return typeof value === "number" && !Number.isInteger(value) ? Number(value.toPrecision(5)) : value;
}
