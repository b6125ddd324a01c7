import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { countedCalls } from "../../bench/live/idle-cache.ts";
import { buildLoad, CONNECTIONS, type Load, type Order } from "../../bench/live/load.ts";
import { parseResidentMb, parseTicks } from "../../bench/live/proc.ts";
import { readOptions } from "../../bench/options.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { serve } from "../support/store.ts";

describe("what is read of a process", () => {
  it("is its resident memory", () => {
    expect(parseResidentMb("VmHWM:\t    9000 kB\nVmRSS:\t    7168 kB\nVmData:\t 1 kB\n")).toBe(7);
  });

  it("is its processor time, for itself and for its system calls", () => {
    expect(parseTicks("7 (a) b c) S 1 7 7 0 -1 4194560 500 0 0 0 12 30 0 0 20 0 2 0")).toBe(42);
  });

  it("is no system call while all its threads wait", () => {
    expect(
      countedCalls("12  epoll_pwait(8,  <unfinished ...>\n11  restart_syscall(<... resuming> <detached ...>\n"),
    ).toEqual([]);
  });

  it("is each system call after that", () => {
    const log = `11 epoll_pwait(4,  <unfinished ...>
12 futex(0x1, FUTEX_WAIT <unfinished ...>
11 <... epoll_pwait resumed>[], 1024, 19, NULL, 8) = 0
11 read(5, "", 8) = 0
11 --- SIGCHLD {si_signo=SIGCHLD} ---
11 epoll_pwait(4,  <detached ...>
`;
    expect(countedCalls(log)).toEqual(["read", "epoll_pwait"]);
  });
});

it("options count from 1", () => {
  expect(readOptions(["--live", "--requests", "1000000"])).toMatchObject({ live: true, requests: 1_000_000 });
  expect(() => readOptions(["--live", "--requests", "0"])).toThrow("--requests takes a number from 1, not 0");
});

describeUnless(missingProgram(["go"]), "the load", () => {
  let folder: string;
  let load: Load;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "load-"));
    load = buildLoad(folder);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  async function report(answers: (string | RequestListener)[], order: Partial<Order>) {
    let index = 0;
    const server = await serve((request, response) => {
      const answer = answers[index++ % answers.length] ?? "";
      if (typeof answer === "string") response.end(answer);
      else answer(request, response);
    });
    try {
      return await load(Number(new URL(server.url).port), { paths: ["/secrets"], ...order });
    } finally {
      server.close();
    }
  }

  it("sends so many requests, through connections that it keeps", async () => {
    const ports = new Set<number | undefined>();
    const answer: RequestListener = ({ socket }, response) => {
      ports.add(socket.remotePort);
      response.end("value");
    };
    const { Requests, Wrong, Refused, P50, P99 } = await report([answer], { requests: 1010, body: "value" });
    expect({ Requests, Wrong, Refused, connections: ports.size }).toEqual({
      Requests: 1010,
      Wrong: 0,
      Refused: 0,
      connections: CONNECTIONS,
    });
    expect(P99).toBeGreaterThanOrEqual(P50);
  });

  it("counts answers with other bytes or another status", async () => {
    const refuse: RequestListener = (_, response) => response.writeHead(503, { "content-length": 5 }).end("value");
    expect(await report(["value", "valve", refuse, "value"], { requests: 100, body: "value" })).toMatchObject({
      Requests: 100,
      Wrong: 25,
      Refused: 25,
    });
  });

  it("fails where an answer does not come", async () => {
    const hangUp: RequestListener = ({ socket }) => socket.destroy();
    await expect(report(["value", hangUp], { requests: 100, body: "value" })).rejects.toThrow("was lost");
  });

  it.each([
    ["one version of each secret", { S1_a: "S1-7", S1_all: '{"a":"S1-7","b":"S1-7"}', S2_a: "S2-8" }, 0],
    ["two versions of a secret", { S1_a: "S1-7", S1_b: "S1-8", S2_a: "S2-8" }, 1],
    ["two versions in a value", { S1_a: "S1-7", S1_all: '{"a":"S1-7","b":"S1-8"}', S2_a: "S2-8" }, 1],
    ["another secret's value", { S1_a: "S1-7", S2_a: "S1-7" }, 1],
    ["a secret too few", { S1_a: "S1-7" }, 1],
  ])("finds what is mixed: %s", async (_, values, count) => {
    const order = { requests: CONNECTIONS, secrets: 2 };
    expect(await report([JSON.stringify(values)], order)).toMatchObject({ Wrong: count * CONNECTIONS, Older: 0 });
  });

  it("counts the versions of single values, and older ones that come after newer ones", async () => {
    const answers = [7, 8, 7].flatMap((version) => Array(CONNECTIONS).fill(`{"a":"S1-${version}"}`));
    const order = { paths: ["/secrets/S1_all"], requests: 3 * CONNECTIONS };
    const { Wrong, Older, Versions } = await report(answers, order);
    expect({ Wrong, Versions }).toEqual({ Wrong: 0, Versions: 2 });
    expect(Older).toBeGreaterThan(0);
  });
});
