import { CASES, type Case, storedOf } from "../support/cases.ts";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, type Stored, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  const secrets: Record<string, Stored> = {};
  let store: Store;
  beforeAll(async () => {
    store = await startStore(secrets);
  });
  afterAll(() => store.close());

  it.each(CASES)("$name", async (given) => {
    secrets.case = storedOf(given);
    const ended = await run(wrapper, PRINT_ENVIRON, lambdaEnv(store.url, given.secrets));
    if (given.fails !== undefined) return expectFailure(ended, given, given.fails);

    const { warns } = given;
    expect(ended).toMatchObject({ status: 0, stderr: warns ? expect.stringMatching(warningOf(warns)) : "" });
    const environ = parseEnviron(ended.stdout);
    if (warns) expect(environ.get(warns)?.toString()).toBe(warns === "PATH" ? process.env.PATH : undefined);
    for (const [name, value] of Object.entries(given.expect ?? {})) {
      expect(environ.get(name)).toEqual(Buffer.from(value));
    }
    for (const name of given.absent ?? []) expect(environ.has(name)).toBe(false);
  });
});

function warningOf(word: string): RegExp {
  return new RegExp(`^\\[secrets-wrapper\\] WARN \\* .* skipped "${word}"[^\n]*\n$`);
}

function expectFailure(ended: Awaited<ReturnType<typeof run>>, { secretString = "" }: Case, word: string) {
  expect(ended.status).toBe(1);
  expect(ended.stdout).toHaveLength(0);
  expect(ended.stderr).toContain(word);
  for (const part of valueParts(secretString)) expect(ended.stderr).not.toContain(part);
}

/** What a report must not hold: of JSON the values, of another text anything. */
function valueParts(secret: string): string[] {
  const values = /^[[{]/.test(secret) ? Object.values(JSON.parse(secret)).map(String) : [secret];
  return values.flatMap((value) => value.match(/[\w./-]{4,}/g) ?? []).filter((part) => part !== "null");
}
