import { SecretsManagerServiceException } from "@aws-sdk/client-secrets-manager";
import * as fc from "fast-check";
import { readEntries } from "../../core/config/entries.ts";
import { type FetchRequest, planRequests, requestsOf } from "../../core/config/plan.ts";
import { failure } from "../../core/fault/result.ts";
import { decodeSecret, type SecretValue } from "../../core/sources/decode.ts";
import { explainError } from "../../core/sources/explain/explain.ts";
import { anyText } from "../core/any-text.ts";
import { parseSecrets } from "../core/parse-secrets.ts";
import { denied } from "../support/store.ts";
import { anySecrets, secretText, sensibleSecrets } from "./arbitraries.ts";
import { checkReport, checkVariables } from "./invariants.ts";
import { runs } from "./runs.ts";

/** What a call gave: a secret's answer, or the service's error by name, words and status. */
type Given = { answer: SecretValue } | { error: [name: string, message: string, status: number] };

const answer = fc.oneof(
  { weight: 6, arbitrary: secretText.map((SecretString) => ({ SecretString })) },
  fc.uint8Array({ maxLength: 30 }).map((SecretBinary) => ({ SecretBinary })),
  fc.record({ Name: anyText, SecretString: secretText }),
  fc.constant({}),
);
const ERRORS = ["AccessDeniedException", "ResourceNotFoundException", "InvalidRequestException", "ThrottlingException"];
const error = fc.tuple(
  fc.oneof(fc.constantFrom(...ERRORS, "DecryptionFailure", "ExpiredTokenException", "SyntaxError"), anyText),
  fc.oneof(fc.constantFrom("", denied("x").message, "value for staging label: AWSCURRENT", "deletion"), anyText),
  fc.integer({ min: 200, max: 599 }),
);
const given: fc.Arbitrary<Given> = fc.oneof(
  { weight: 5, arbitrary: answer.map((answer) => ({ answer })) },
  error.map((error) => ({ error })),
);

it("any text of SECRETS is entries, or faults with a sentence each", async () => {
  await fc.assert(
    fc.asyncProperty(anySecrets, async (text) => {
      const { entries, faults } = await readEntries({ SECRETS: text });
      checkReport([...faults, ...planRequests(entries, undefined).faults]);
    }),
    runs(0.4),
  );
}, 600_000);

it("any secrets are the variables that were asked for, or faults with a sentence each", () => {
  fc.assert(
    fc.property(sensibleSecrets, fc.array(given, { minLength: 1, maxLength: 4 }), (text, all) => {
      const { entries, faults } = parseSecrets(text);
      if (faults.length > 0) return checkReport(faults);
      const { plan } = planRequests(entries, "eu-west-1");
      const requests = requestsOf(plan);
      checkVariables(
        plan,
        new Map(requests.map((request, index) => [request.key, outcomeOf(request, all[index % all.length])])),
      );
    }),
    runs(0.6),
  );
}, 600_000);

function outcomeOf(request: FetchRequest, given: Given | undefined) {
  if (given && "answer" in given) return decodeSecret(given.answer, request.id);
  const [name, message, status] = given?.error ?? ["", "", 0];
  const $metadata = { httpStatusCode: status };
  const error = new SecretsManagerServiceException({ name, message, $metadata, $fault: "client" });
  return failure(explainError(error, request, 5000));
}
