import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { makeAuthority, toJson } from "../support/identity.ts";
import { describeWith } from "../support/needs.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

// Several starts at once in one container: each has its own secrets, and all write to the same /tmp.

const STARTS = ["one", "two", "three"];
const ROUNDS = 5;
const KEYS = Array.from({ length: 40 }, (_, index) => `K${index}`);

describeWith("openssl", "starts at the same time", () => {
  let store: Store;
  let home: string;
  const identities: Record<string, string> = {};
  beforeAll(async () => {
    const folder = mkdtempSync("/tmp/authority-");
    const secrets: Record<string, string> = {};
    for (const start of STARTS) {
      const identity = makeAuthority(join(folder, start)).issue();
      identities[start] = identity.chain + identity.key + identity.bundle;
      secrets[`${start}/svid`] = toJson(identity);
      secrets[start] = JSON.stringify(Object.fromEntries(KEYS.map((key) => [key, contentOf(start, key)])));
    }
    rmSync(folder, { recursive: true });
    store = await startStore(secrets);
  });
  afterAll(() => store.close());
  beforeEach(() => {
    home = mkdtempSync("/tmp/files-");
  });
  afterEach(() => rmSync(home, { recursive: true }));

  it.each(WRAPPERS)(
    "find whole files at shared paths, and their own at their own, on %s",
    async (_, wrapper) => {
      for (let round = 0; round < ROUNDS; round++) {
        const ended = await Promise.all(STARTS.map((start) => startOf(wrapper, start)));
        for (const [index, start] of STARTS.entries()) {
          const { status, stdout, stderr } = ended[index] ?? {};
          expect({ status, stderr }).toEqual({ status: 0, stderr: expect.not.stringMatching(/ERROR|cat:/) });
          expectWhole(String(stdout));
          expect(KEYS.map((key) => read(start, "deep", key))).toEqual(KEYS.map((key) => contentOf(start, key)));
          expect(identityIn(join(home, start))).toBe(identities[start]);
        }
        expect(Object.values(identities)).toContain(identityIn(join(home, "shared")));
      }
    },
    240_000,
  );

  /** Half of the files, and one of two identities, are where all starts have theirs. The program reads the former. */
  function startOf(wrapper: string, start: string) {
    const files = KEYS.flatMap((key) => [
      [`SHARED_${key}`, { secret: `${start}:${key}`, file: join(home, "shared", key) }],
      [`OWN_${key}`, { secret: `${start}:${key}`, file: join(home, start, "deep", key) }],
    ]);
    const svid = (folder: string) => ({
      secret: `${start}/svid`,
      format: "x509-svid",
      file: join(home, folder, "svid"),
    });
    const entries = { ...Object.fromEntries(files), SHARED: svid("shared"), OWN: svid(start) };
    const env = { ...lambdaEnv(store.url, entries), SECRETS_TIMEOUT: "60" };
    return run(wrapper, ["cat", ...KEYS.map((key) => join(home, "shared", key))], env);
  }

  function read(...path: string[]): string {
    return readFileSync(join(home, ...path), "utf8");
  }
});

/** All files, one after the other, each of one of the starts. */
function expectWhole(contents: string): void {
  let rest = contents;
  for (const key of KEYS) {
    const whole = STARTS.map((start) => contentOf(start, key)).find((content) => rest.startsWith(content));
    expect([key, whole]).not.toEqual([key, undefined]);
    rest = rest.slice(whole?.length);
  }
  expect(rest).toBe("");
}

/** The one that is there: of those that it replaced nothing is left. */
function identityIn(folder: string): string {
  expect(readdirSync(folder).filter((name) => name.startsWith("."))).toHaveLength(1);
  return ["svid.pem", "key.pem", "bundle.pem"].map((name) => readFileSync(join(folder, "svid", name), "utf8")).join("");
}

/** A half, or one with the end of another, would be seen. */
function contentOf(start: string, key: string): string {
  return `${`${start} ${key} `.repeat(3 + key.length)}end of ${start} ${key}\n`;
}
