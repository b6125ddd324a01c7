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

it.each([
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
  const cause = await outcomeOf(fetch, answer);
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
