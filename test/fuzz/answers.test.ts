import { json } from "node:stream/consumers";
import * as fc from "fast-check";
import { planRequests } from "../../core/config/plan.ts";
import { readSettings } from "../../core/config/settings.ts";
import { startDeadline } from "../../core/host/deadline.ts";
import { fetchAll } from "../../core/sources/fetch-all.ts";
import { createSource } from "../../core/sources/source.ts";
import { httpRequest } from "../../engine/node/http-request.ts";
import { anyText } from "../core/any-text.ts";
import { parseSecrets } from "../core/parse-secrets.ts";
import { CANARY } from "../support/canary.ts";
import { serve } from "../support/store.ts";
import { answerMembers, damaged } from "./arbitraries.ts";
import { checkVariables } from "./invariants.ts";
import { runs } from "./runs.ts";

// The engine's own function, on Node.
Object.assign(globalThis, { httpRequest });

type Answer = { status: number; headers: Record<string, string>; body: string };

const AT_ONCE = 20;
const TYPES = ["ResourceNotFoundException", "AccessDeniedException", "com.amazonaws#InvalidRequestException:x", "", 5];

const success = answerMembers.map((members) => JSON.stringify(members));
const failure = fc
  .tuple(fc.constantFrom(...TYPES), fc.oneof(anyText, fc.constant(null)), answerMembers)
  .map(([__type, message, members]) => JSON.stringify({ __type, message, ...members }));
const headers = fc.record(
  {
    "content-type": fc.constantFrom("application/x-amz-json-1.1", "text/html", "application/cbor"),
    "x-amzn-errortype": fc.constantFrom("AccessDeniedException", "x:y", "DecryptionFailure"),
  },
  { requiredKeys: [], noNullPrototype: true },
);
const headersThatDelay = fc.constantFrom(
  { date: "Thu, 01 Jan 1970 00:00:00 GMT" },
  { date: "yesterday", "retry-after": "100000" },
) as fc.Arbitrary<Record<string, string>>;
const answer: fc.Arbitrary<Answer> = fc.record({
  status: fc.oneof(
    { weight: 200, arbitrary: fc.constant(200) },
    { weight: 100, arbitrary: fc.constantFrom(201, 204, 301, 400, 403, 404, 413) },
    { weight: 1, arbitrary: fc.constantFrom(429, 500, 503) },
  ),
  headers: fc.oneof({ weight: 100, arbitrary: headers }, { weight: 1, arbitrary: headersThatDelay }),
  body: fc.oneof(
    { weight: 4, arbitrary: success },
    { weight: 2, arbitrary: failure },
    damaged(success),
    anyText,
    fc.constantFrom("", `<html>${CANARY}`, `"${CANARY}"`, `["${CANARY}"]`, "null"),
  ),
});

const SECRETS = Object.fromEntries(
  Array.from({ length: AT_ONCE }, (_, index) => [`V${index}`, [`s${index}`, `s${index}:a`][index % 2]]),
);
const { entries } = parseSecrets(JSON.stringify({ ...SECRETS, "W_*": { secret: "s2", optional: true } }));
const { plan } = planRequests([...entries, ...parseSecrets('["s4"]').entries], "eu-west-1");

it("any answers are the variables that were asked for, or faults with a sentence each", async () => {
  let answers: Answer[] = [];
  const server = await serve(async (request, response) => {
    const { SecretId } = (await json(request)) as { SecretId: string };
    const { status, headers, body } = answers[Number(SecretId.slice(1))] as Answer;
    response.writeHead(status, headers).end(status === 204 ? undefined : body);
  });
  const { settings } = readSettings({ AWS_ENDPOINT_URL: server.url });
  const identity = { accessKeyId: "AKIDEXAMPLE", secretAccessKey: CANARY };
  const property = fc.asyncProperty(fc.array(answer, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (given) => {
    answers = given;
    const deadline = startDeadline(200);
    const source = createSource(settings, async () => ({ ok: true, value: identity }));
    checkVariables(plan, await fetchAll(plan, source, deadline, () => {}));
  });
  await fc.assert(property, { ...runs(0.02 / AT_ONCE), endOnFailure: true }).finally(server.close);
}, 600_000);
