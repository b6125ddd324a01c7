import { table } from "../table.ts";
import type { Section } from "./bench-live.ts";
import { CONNECTIONS } from "./load.ts";
import { ROTATION, type Rotated } from "./rotation.ts";

export function reportRotation({ report, memory }: Rotated): Section {
  const { Requests, Seconds, P50, P99, Refused, Wrong, Older, Versions } = report;
  const { secrets, everyMs, ttlSeconds, settledAfterSeconds } = ROTATION;
  const counts = [Requests, Requests / Seconds, P50 / 1000, P99 / 1000].map((number) => number.toFixed(0));
  return {
    text: [
      `${secrets} secrets with a new version every ${everyMs} ms, SECRETS_TTL=${ttlSeconds}, for ${Seconds.toFixed(0)} s; ${CONNECTIONS} connections read single secrets and all at once, in turn:`,
      table(
        ["Requests", "Requests/s", "p50 (ms)", "p99 (ms)", "Versions seen", "Mixed values", "Older again", "Not 200"],
        [[...counts, ...[Versions, Wrong, Older, Refused].map(String)]],
      ),
      `Resident memory of the live cache: ${memory.before.toFixed(1)} MB after ${settledAfterSeconds} s, ${memory.after.toFixed(1)} MB at the end.`,
    ].join("\n\n"),
    requirements: [
      { text: "Mixed values while secrets rotate: none", limit: 0, unit: "", value: Wrong },
      { text: "Older versions after newer ones: none", limit: 0, unit: "", value: Older },
      { text: "Answers without a value while secrets rotate: none", limit: 0, unit: "", value: Refused },
      { text: "Resident memory while secrets rotate: at most 30 MB", limit: 30, unit: "MB", value: memory.after },
    ],
  };
}
