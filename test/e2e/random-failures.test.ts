import type { RequestListener } from "node:http";
import { json } from "node:stream/consumers";
import * as fc from "fast-check";
import { runs } from "../fuzz/runs.ts";
import { CANARY, expectNoCanary } from "../support/canary.ts";
import { addedTo, PRINT_ENVIRON } from "../support/environ.ts";
import * as at from "../support/fault-servers.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { denied, NOT_FOUND, type ServiceError, serve } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

// A server that fails each secret in its own way: whatever comes, everything is there and right, or is named.

/** What passes when it is asked again. */
const PASSING: Record<string, RequestListener> = {
  "a 500": at.error("InternalServiceError", "x", 500),
  "a 503 in HTML": (_, response) => response.writeHead(503).end("<html>"),
  throttling: at.error("ThrottlingException", "Rate exceeded"),
  "a closed connection": at.closing,
  "half an answer": (_, response) => {
    response.writeHead(200, { "content-length": 1000 });
    response.write('{"Name": "', () => response.destroy());
  },
  "a request that hangs": at.silent,
};

/** What does not. */
const LASTING: Record<string, RequestListener> = {
  "a denial": failure(denied("x")),
  "no such secret": failure(NOT_FOUND),
  "an answer that is not JSON": (_, response) => response.writeHead(200).end("<html>"),
  "an answer that is not UTF-8": (_, response) =>
    response.writeHead(200).end(Buffer.from('{"Name": "x", "SecretString": "\xff"}', "latin1")),
};

/** What a secret's requests are answered with before its value, and whether a value comes at all. */
type Plan = {
  first: (keyof typeof PASSING)[];
  last: keyof typeof LASTING | "its value";
  delayMs: number;
  closes: boolean;
};

const plans = (lasting: string[]): fc.Arbitrary<Plan> =>
  fc.record({
    first: fc.array(fc.constantFrom(...Object.keys(PASSING)), { maxLength: 2 }),
    last: fc.oneof({ weight: 9, arbitrary: fc.constant("its value") }, ...lasting.map((name) => fc.constant(name))),
    delayMs: fc.integer({ min: 0, max: 50 }),
    closes: fc.boolean(),
  });

const secretsOf = (lasting: string[]) => fc.array(plans(lasting), { minLength: 1, maxLength: 60 });

function failure({ type, message, status }: ServiceError): RequestListener {
  return at.error(type, message, status);
}

function toValue(index: number): string {
  return `${CANARY} ${index} é\n`;
}

async function startServer(secrets: Plan[]) {
  const asked = new Map<number, number>();
  return await serve(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string };
    const index = Number(SecretId.slice(1));
    const { first = [], last = "", delayMs, closes } = secrets[index] ?? {};
    const turn = asked.get(index) ?? 0;
    asked.set(index, turn + 1);
    const value: RequestListener = (_, response) =>
      response.end(JSON.stringify({ Name: SecretId, SecretString: toValue(index) }));
    const answer = PASSING[first[turn] ?? ""] ?? LASTING[last] ?? value;
    // Kept connections that end after an answer are the client's to notice.
    if (closes) response.once("finish", () => setTimeout(() => request.socket.destroy(), delayMs));
    setTimeout(() => answer(request, response), delayMs);
  });
}

async function start(wrapper: string, secrets: Plan[], seconds: number) {
  const server = await startServer(secrets);
  const references = Object.fromEntries(secrets.map((_, index) => [`V${index}`, `s${index}`]));
  const env = { ...lambdaEnv(server.url, references), SECRETS_TIMEOUT: String(seconds) };
  const ended = await run(wrapper, PRINT_ENVIRON, env);
  server.close();
  return { ...ended, variables: ended.status === 0 ? addedTo(env, ended.stdout) : {} };
}

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  it("a start gets every value where all that fails passes", async () => {
    await fc.assert(
      fc.asyncProperty(secretsOf([]), async (secrets) => {
        // Throttling waits longest, and this machine may be busy.
        const { status, stderr, variables } = await start(wrapper, secrets, 60);
        if (status !== 0) throw new Error(stderr);
        expect(variables).toEqual(Object.fromEntries(secrets.map((_, index) => [`V${index}`, toValue(index)])));
      }),
      { ...runs(1 / 20_000), endOnFailure: true },
    );
  }, 600_000);

  it("a start either has all values right or names each that it has not, and never shows one", async () => {
    await fc.assert(
      fc.asyncProperty(secretsOf(Object.keys(LASTING)), async (secrets) => {
        const { status, stdout, stderr, variables } = await start(wrapper, secrets, 3);
        expectNoCanary(stderr);
        const lasting = secrets.flatMap(({ last }, index) => (last === "its value" ? [] : [index]));
        if (status === 0) {
          expect(lasting).toEqual([]);
          expect(variables).toEqual(Object.fromEntries(secrets.map((_, index) => [`V${index}`, toValue(index)])));
        } else {
          expect([status, stdout.length]).toEqual([1, 0]);
          const errors = stderr.match(/ ERROR .*/g)?.join("\n") ?? "";
          for (const index of lasting) expect(errors).toContain(`V${index} (from "s${index}")`);
          expect(errors).not.toBe("");
        }
      }),
      { ...runs(1 / 10_000), endOnFailure: true },
    );
  }, 600_000);
});
