import { CANARY } from "../support/canary.ts";
import { expectNoLeak, runWithFault } from "../support/fault-run.ts";
import { type Provoke, plainHttp } from "../support/fault-servers.ts";
import { denied, type Stored, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

/** The longest line that CloudWatch Logs keeps in one piece. */
const MAX_EVENT_BYTES = 256 * 1024;

const TARGETS = {
  secrets: {
    prefix: "prod/",
    toReference: (name: string) => `${name}:password`,
    action: "secretsmanager:GetSecretValue",
  },
  parameters: {
    prefix: "/prod/",
    toReference: (name: string) => ({ parameter: name, key: "password" }),
    action: "ssm:GetParameters",
  },
};

type Kind = {
  kind: string;
  lines: (count: number) => number;
  /** Whether the entry whose secret is there fails too. */
  all?: true;
  provoke: (names: string[], action: string) => Provoke;
};

const KINDS: Kind[] = [
  { kind: "with one cause in common", all: true, lines: () => 1, provoke: () => plainHttp },
  { kind: "that do not exist", lines: () => 1, provoke: () => () => startStore({ "prod/there": CANARY }) },
  {
    kind: "each of which is denied",
    lines: (count) => count,
    provoke: (names, action) => store(names, (name) => denied(name, action)),
  },
  {
    kind: "whose JSON has not the key",
    lines: () => 1,
    provoke: (names) => store(names, () => JSON.stringify({ user: CANARY })),
  },
];

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  describe.each(Object.entries(TARGETS))("of %s", (_, { prefix, toReference, action }) => {
    describe.each([1, 10, 200])("a report of %i entries", (count) => {
      it.each(KINDS)("names every entry once: $kind", async ({ lines, all, provoke }) => {
        const variables = Array.from({ length: count }, (_, index) => `VARIABLE_${index}`);
        const names = variables.map((variable) => prefix + variable);
        const secrets = Object.fromEntries(variables.map((variable) => [variable, toReference(prefix + variable)]));
        const ended = await runWithFault(wrapper, {
          provoke: provoke(names, action),
          secrets: { ...secrets, THERE: "prod/there" },
          // For two hundred calls on a busy machine.
          seconds: 30,
        });
        expect(ended).toMatchObject({ status: 1, started: false });
        expectNoLeak(ended);
        expectReport(ended.stderr, variables, prefix, lines(count));
        expect(ended.stderr).toContain(`not started: ${all ? count + 1 : count} fault`);
        for (const variable of variables) expect(ended.told).toMatch(new RegExp(`\\b${variable}\\b`));
      });
    });
  });
});

/** Every variable once, with its name in the store; no more lines than there are things to mend. */
function expectReport(stderr: string, variables: string[], prefix: string, lines: number): void {
  const errors = stderr.split("\n").filter((line) => line.startsWith("[secrets-wrapper] ERROR VARIABLE_"));
  expect(errors).toHaveLength(lines);
  for (const line of errors) expect(Buffer.byteLength(line)).toBeLessThan(MAX_EVENT_BYTES);
  for (const name of variables) expect(stderr.split(`${name} (from "${prefix}${name}")`)).toHaveLength(2);
  expect(stderr).toMatch(/FATAL .*, listed above\.\n$/);
}

function store(names: string[], stored: (name: string) => Stored): Provoke {
  const secrets = Object.fromEntries(names.map((name) => [name, stored(name)]));
  return () => startStore({ ...secrets, "prod/there": CANARY });
}
