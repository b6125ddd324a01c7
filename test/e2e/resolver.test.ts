// The engine's way to an address, with the C library that the layer has: names of which a part of the lookup fails.

import { execFile, execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { LAYER, ROOT } from "../../layer/paths.ts";
import { runs } from "../fuzz/runs.ts";
import { ANSWERS, type Behaviour, hostOf } from "../support/dns-server.ts";
import { describeUnless } from "../support/needs.ts";

const ENGINE = join(LAYER, "secrets-wrapper", "engine");
const UNSHARE = ["unshare", "--mount", "--net", ...(process.geteuid?.() === 0 ? [] : ["--map-root-user"])];
/** Less than what musl waits for an answer, so that nothing that hangs is waited for. */
const TIMEOUT_MS = 3000;
const RESOLV_CONF = "nameserver 127.0.0.1\n";
const HOSTS = "127.0.0.1 localhost\n";

const PROGRAM = `
const [, , timeoutMs, ...urls] = process.argv;
const send = (url) => httpRequest({ method: "GET", url, headers: {}, timeoutMs: Number(timeoutMs) });
const outcome = (url) =>
  send(url).then(({ body }) => new TextDecoder().decode(body), ({ code, phase }) => code + " " + phase);
process.stdout.write(JSON.stringify(await Promise.all(urls.map(outcome))));`;

type Result = { outcomes: string[]; asked: number };

describeUnless(missing(), "a host's name", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "resolver-"));
    writeFileSync(join(folder, "program.mjs"), PROGRAM);
    execFileSync(ENGINE, ["compile", join(folder, "program.mjs"), join(folder, "program.qbc")]);
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  async function request(hosts: string[], { resolvConf = RESOLV_CONF, etcHosts = HOSTS } = {}): Promise<Result> {
    const etc = mkdtempSync(join(folder, "etc-"));
    writeFileSync(join(etc, "resolv.conf"), resolvConf);
    writeFileSync(join(etc, "hosts"), etcHosts);
    const command = [join(ROOT, "test/support/enter-network"), etc, process.execPath, "--import", "tsx"];
    const script = [join(ROOT, "test/support/dns-run.ts"), ENGINE, join(folder, "program.qbc"), String(TIMEOUT_MS)];
    const [program = "", ...args] = [...UNSHARE, ...command, ...script, ...hosts];
    const { stdout } = await promisify(execFile)(program, args, { cwd: ROOT });
    return JSON.parse(stdout);
  }

  async function expectRight(behaviours: Behaviour[]): Promise<void> {
    const { outcomes } = await request(behaviours.map(hostOf));
    const wrong = behaviours.filter((behaviour, index) => !isRight(behaviour, outcomes[index] ?? ""));
    expect(wrong.map((behaviour) => `${hostOf(behaviour)}: ${outcomes[behaviours.indexOf(behaviour)]}`)).toEqual([]);
  }

  it("is resolved where one family has an address, whatever the other answers", async () => {
    await expectRight(ANSWERS.flatMap((a) => ANSWERS.map((aaaa) => behave(a, aaaa))));
  });

  it("is resolved where one family has an address, whatever the other answers, and when", async () => {
    const answer = fc.record({ answer: fc.constantFrom(...ANSWERS), delayMs: fc.nat(200) });
    const behaviours = fc.array(fc.record({ a: answer, aaaa: answer }), { minLength: 40, maxLength: 80 });
    await fc.assert(fc.asyncProperty(behaviours, expectRight), runs(SHARE));
  }, 120_000);

  it("is looked up once for calls at the same time, for each family", async () => {
    const host = hostOf(behave("address", "address", 100));
    const { outcomes, asked } = await request(Array.from({ length: 20 }, () => host));
    expect(new Set(outcomes)).toEqual(new Set(["there"]));
    expect(asked).toBe(2);
  });

  it("is looked up again once that is over", async () => {
    const host = hostOf(behave("nxdomain", "nxdomain"));
    const { asked } = await request(Array.from({ length: 40 }, () => host));
    expect(asked).toBeGreaterThan(2);
  });

  it.each([
    ["address", "empty"],
    ["empty", "address"],
    ["address", "refused"],
    ["servfail", "address"],
  ] as const)("is searched for in the domains of resolv.conf: A %s, AAAA %s", async (a, aaaa) => {
    const host = hostOf(behave(a, aaaa)).replace(/\.test$/, "");
    const resolvConf = `${RESOLV_CONF}search nothing.example test\noptions ndots:5\n`;
    expect((await request([host], { resolvConf })).outcomes).toEqual(["there"]);
  });

  it.each(["127.0.0.1 only.test", "::1 only.test", "127.0.0.1 only.test\n::1 only.test", "::1 other only.test # x"])(
    "is found in /etc/hosts without a question: %j",
    async (line) => {
      const { outcomes, asked } = await request(["only.test"], { etcHosts: `${line}\n` });
      expect(outcomes).toEqual(["there"]);
      expect(asked).toBe(0);
    },
  );

  it.each(["127.0.0.1", "[::1]", "127.1"])("is not looked up where it is an address: %s", async (host) => {
    expect(await request([host])).toEqual({ outcomes: ["there"], asked: 0 });
  });

  it.each([
    ["nxdomain", "nxdomain", "ENOTFOUND lookup"],
    ["empty", "empty", "ENOTFOUND lookup"],
    ["silent", "silent", "ETIMEDOUT lookup"],
  ] as const)("fails by name: A %s, AAAA %s: %s", async (a, aaaa, expected) => {
    expect((await request([hostOf(behave(a, aaaa))])).outcomes).toEqual([expected]);
  });

  it("may be there later where no name service answers", async () => {
    const resolvConf = "nameserver 127.0.0.9\noptions timeout:1 attempts:1\n";
    expect((await request(["nobody.test"], { resolvConf })).outcomes).toEqual(["EAI_AGAIN lookup"]);
  });
});

function behave(a: Behaviour["a"]["answer"], aaaa: Behaviour["a"]["answer"], delayMs = 0): Behaviour {
  return { a: { answer: a, delayMs }, aaaa: { answer: aaaa, delayMs } };
}

function isRight({ a, aaaa }: Behaviour, outcome: string): boolean {
  if (a.answer === "address" || aaaa.answer === "address") return outcome === "there";
  return /^(ENOTFOUND|EAI_AGAIN|ETIMEDOUT) lookup$/.test(outcome);
}

function hasIpv6(): boolean {
  return existsSync("/proc/net/if_inet6") && readFileSync("/proc/net/if_inet6", "utf8").includes(" lo\n");
}

/** Says what this machine lacks for a network of its own, if anything. */
function missing(): string | undefined {
  if (!existsSync(ENGINE)) return "the layer was not built, which takes Rust";
  if (!hasIpv6()) return "there is no IPv6 on this machine";
  const [program = "", ...args] = UNSHARE;
  const { status, error, stderr } = spawnSync(program, [...args, "ip", "link", "set", "lo", "up"]);
  return status === 0 ? undefined : `a network namespace cannot be had: ${error?.message ?? String(stderr).trim()}`;
}

/** Each case is many names, and takes seconds. */
const SHARE = 2e-5;
