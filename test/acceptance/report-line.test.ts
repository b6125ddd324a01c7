import { parseReport } from "../../acceptance/report-line.ts";

// Of the form that Lambda's documentation shows: fields between tabs, and a tab at the end.
const ID = "RequestId: 8286a188-ba32-4475-8077-530cd35c09a9";
const COLD = `START ${ID} Version: $LATEST\n8 variables from 5 secrets in 61 ms.\nEND ${ID}\nREPORT ${ID}\tDuration: 7.64 ms\tBilled Duration: 309 ms\tMemory Size: 128 MB\tMax Memory Used: 71 MB\tInit Duration: 300.45 ms\t\n`;
const WARM = `REPORT ${ID}\tDuration: 1.19 ms\tBilled Duration: 2 ms\tMemory Size: 1769 MB\tMax Memory Used: 72 MB\t\n`;
const RESTORED = `RESTORE_START Runtime Version: java:21.v45\nREPORT ${ID}\tDuration: 4.9 ms\tBilled Duration: 200 ms\tMemory Size: 512 MB\tMax Memory Used: 113 MB\tRestore Duration: 412.83 ms\tBilled Restore Duration: 195 ms\t\n`;

it.each([
  ["a cold start", COLD, { durationMs: 7.64, memoryMb: 128, maxMemoryMb: 71, initMs: 300.45 }],
  ["a warm one", WARM, { durationMs: 1.19, memoryMb: 1769, maxMemoryMb: 72 }],
  ["one from a snapshot", RESTORED, { durationMs: 4.9, memoryMb: 512, maxMemoryMb: 113, restoreMs: 412.83 }],
  ["the last of two", COLD + WARM, { durationMs: 1.19, memoryMb: 1769, maxMemoryMb: 72 }],
])("reads %s", (_, log, report) => {
  expect(parseReport(log)).toEqual(report);
});

it.each(["", `START ${ID}\n`, "REPORT of something else\n", COLD.replace("7.64", "soon")])("refuses %j", (log) => {
  expect(() => parseReport(log)).toThrow("no REPORT line");
});
