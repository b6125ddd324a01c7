import { json } from "node:stream/consumers";
import * as fc from "fast-check";
import type { LocatedReference } from "../../../core/config/plan.ts";
import { readSettings } from "../../../core/config/settings.ts";
import { success } from "../../../core/fault/result.ts";
import { startDeadline } from "../../../core/host/deadline.ts";
import type { FetchResult } from "../../../core/sources/fetch-all.ts";
import { groupRequests } from "../../../core/sources/group-requests.ts";
import { createSource } from "../../../core/sources/source.ts";
import { CANARY } from "../../support/canary.ts";
import { expectProblem } from "../expect-problems.ts";
import { fetchOne } from "../plans.ts";
import { listen } from "../servers.ts";
import { unwrap } from "../unwrap.ts";

const SINGLE: LocatedReference = { kind: "parameter", id: "/prod/db", region: "eu-west-1" };
const PATH: LocatedReference = { kind: "path", id: "/prod/app/", recursive: false, region: "eu-west-1" };
const OTHER = { Name: "/prod/other", Value: CANARY };

/** What becomes of this answer. */
async function outcomeOf(request: LocatedReference, answer: unknown) {
  const url = await listen((request, response) => {
    request.resume();
    response.end(JSON.stringify(answer));
  });
  const { settings } = readSettings({ AWS_ENDPOINT_URL: url });
  const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY };
  return await fetchOne(
    createSource(settings, async () => success(identity)),
    startDeadline(5000),
  )(request);
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
])("what the service calls missing is missing: %j, %j", async (request, answer) => {
  expect(await outcomeOf(request as LocatedReference, answer)).toMatchObject({
    code: "ParameterNotFound",
    missing: true,
  });
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
])("another answer is no value, and nothing that an optional entry may lack: %j, %j", async (request, answer) => {
  const problem = await outcomeOf(request as LocatedReference, answer);
  expectProblem(
    problem,
    "InvalidAnswer",
    /contains no value/,
    /AWS_ENDPOINT_URL_SSM, if set, are Parameter Store endpoints\.$/,
  );
  expect(problem).not.toHaveProperty("missing");
});

it.each([
  [SINGLE, { Parameters: [], InvalidParameters: ["/prod/db"] }, /another Region or account needs its full ARN\.$/],
  [PATH, { Parameters: [] }, /end it in two asterisks\.$/],
  [{ ...PATH, recursive: true }, { Parameters: [] }, /the function's own Region and account\.$/],
])("what is missing has its own remedy: %j", async (request, answer, remedy) => {
  expectProblem(await outcomeOf(request as LocatedReference, answer), "ParameterNotFound", /no|not/, remedy);
});

describe("references to the same parameters", () => {
  const ids = ["/x", "x", "arn:aws:ssm:eu-west-1:111122223333:parameter/x", "/prod/y"];
  const versions = [undefined, "1", "2", "live"];
  const references: LocatedReference[] = ids.flatMap((id) =>
    versions.map(
      (version): LocatedReference => ({ kind: "parameter", id, region: "eu-west-1", ...(version && { version }) }),
    ),
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
    const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY };
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(references, { minLength: 1 }), async (wanted) => {
        calls.length = 0;
        const source = createSource(settings, async () => success(identity));
        const requests = wanted.map((reference) => ({ ...reference, key: JSON.stringify(reference) }));
        const groups = groupRequests(requests);
        const results = await Promise.all(groups.map((group) => source(group, startDeadline(20_000))));
        const byKey = new Map(groups.flat().map(({ key }, index) => [key, results.flat()[index]]));
        const outcomes = requests.map(({ key }) => unwrap(byKey.get(key) as FetchResult));
        const asked = wanted.map((request) => ("version" in request ? `${request.id}:${request.version}` : request.id));
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
