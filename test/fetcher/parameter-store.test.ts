import { json } from "node:stream/consumers";
import * as fc from "fast-check";
import { startDeadline } from "../../fetcher/deadline.ts";
import type { Fetch } from "../../fetcher/plan.ts";
import { readSettings } from "../../fetcher/settings.ts";
import { createSource } from "../../fetcher/source.ts";
import { CANARY, expectCause } from "./given.ts";
import { listen } from "./servers.ts";

const SINGLE: Fetch = { source: "parameter", id: "/prod/db", region: "eu-west-1" };
const PATH: Fetch = { source: "path", id: "/prod/app/", recursive: false, region: "eu-west-1" };
const OTHER = { Name: "/prod/other", Value: CANARY };

/** What becomes of this answer. */
async function outcomeOf(fetch: Fetch, answer: unknown) {
  const url = await listen((request, response) => {
    request.resume();
    response.end(JSON.stringify(answer));
  });
  const { settings } = readSettings({ AWS_ENDPOINT_URL: url });
  const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY };
  return await createSource(settings, async () => identity, startDeadline(5000))(fetch);
}

it.each([
  [SINGLE, { Parameters: [], InvalidParameters: ["/prod/db"] }],
  [
    { ...SINGLE, version: "3" },
    { Parameters: [], InvalidParameters: ["/prod/db:3"] },
  ],
  [
    { ...SINGLE, version: "3" },
    { Parameters: [], InvalidParameters: ["/prod/db"] },
  ],
  [PATH, { Parameters: [] }],
])("what the service calls missing is missing: %j, %j", async (fetch, answer) => {
  expect(await outcomeOf(fetch as Fetch, answer)).toMatchObject({ code: "ParameterNotFound", missing: true });
});

const DB = { Name: "/prod/db", Value: CANARY };

it.each([
  [SINGLE, { Parameters: [{ ...DB, Version: 3, Selector: ":3" }] }],
  [{ ...SINGLE, version: "3" }, { Parameters: [{ ...DB, Version: 2, Selector: ":2" }] }],
  [{ ...SINGLE, version: "3" }, { Parameters: [DB] }],
  [{ ...SINGLE, version: "live" }, { Parameters: [{ ...DB, Version: 3, Selector: ":old" }] }],
  [SINGLE, {}],
  [SINGLE, { Parameters: [OTHER], InvalidParameters: ["/prod/other"] }],
  [SINGLE, { Parameters: [{ Name: "/prod/db", Value: [CANARY] }] }],
  [SINGLE, { Parameters: [{ Name: "/prod/db" }], InvalidParameters: ["/prod/db"] }],
  [PATH, {}],
  [PATH, { Parameters: [OTHER] }],
  [PATH, { Parameters: [{ Value: CANARY }] }],
  [PATH, { Parameters: [{ Name: "/prod/app/key" }] }],
  [PATH, { Parameters: [{ Name: "/prod/app/key", Value: { k: CANARY } }] }],
])("another answer is no value, and nothing that an optional entry may lack: %j, %j", async (fetch, answer) => {
  const cause = await outcomeOf(fetch as Fetch, answer);
  expectCause(cause, "InvalidAnswer", /holds no value/, /AWS_ENDPOINT_URL_SSM, if set, name Parameter Store\.$/);
  expect(cause).not.toHaveProperty("missing");
});

it.each([
  [SINGLE, { Parameters: [], InvalidParameters: ["/prod/db"] }, /another account shares, needs its full ARN\.$/],
  [PATH, { Parameters: [] }, /for all levels under a path end it in two stars\.$/],
  [{ ...PATH, recursive: true }, { Parameters: [] }, /the function's own Region and account\.$/],
])("what is missing has its own remedy: %j", async (fetch, answer, remedy) => {
  expectCause(await outcomeOf(fetch as Fetch, answer), "ParameterNotFound", /no|not/, remedy);
});

describe("references to the same parameters", () => {
  const ids = ["/x", "x", "arn:aws:ssm:eu-west-1:111122223333:parameter/x", "/prod/y"];
  const versions = [undefined, "1", "2", "live"];
  const references: Fetch[] = ids.flatMap((id) =>
    versions.map((version): Fetch => ({ source: "parameter", id, region: "eu-west-1", ...(version && { version }) })),
  );

  /** As AWS: the answers are in an order of their own, and name neither the request's form nor its place. */
  function answerTo(names: string[]) {
    const [, ...Parameters] = ["", ...names].sort().map((asked) => {
      const selector = /:(1|2|live)$/.exec(asked)?.[1];
      const Name = asked.replace(/:(1|2|live)$/, "").replace(/^arn:.*:parameter/, "");
      const ARN = `arn:aws:ssm:eu-west-1:111122223333:parameter/${Name.replace(/^\//, "")}`;
      const Version = Number(selector) || 9;
      return { Name, ARN, Value: asked, Version, ...(selector && { Selector: `:${selector}` }) };
    });
    return { Parameters, InvalidParameters: [] };
  }

  it("never get each other's value, and never share a call", async () => {
    const calls: string[][] = [];
    const url = await listen(async (request, response) => {
      const { Names } = (await json(request)) as { Names: string[] };
      calls.push(Names);
      response.end(JSON.stringify(answerTo(Names)));
    });
    const { settings } = readSettings({ AWS_ENDPOINT_URL: url });
    const identity = async () => ({ accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY });
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(references, { minLength: 1 }), async (wanted) => {
        calls.length = 0;
        const source = createSource(settings, identity, startDeadline(20_000));
        const outcomes = await Promise.all(wanted.map(source));
        const asked = wanted.map((fetch) => ("version" in fetch ? `${fetch.id}:${fetch.version}` : fetch.id));
        expect(outcomes.map((outcome) => ("text" in outcome ? outcome.text : outcome))).toEqual(asked);
        for (const names of calls) {
          const parameters = names.map((name) => name.replace(/:(1|2|live)$/, "").replace(/^.*\//, ""));
          expect(new Set(parameters).size).toBe(names.length);
        }
      }),
      { numRuns: 40 },
    );
  });
});
