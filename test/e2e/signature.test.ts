// Whether AWS would accept what the built layer sends.

import { lambdaEnv, run } from "../support/run.ts";
import { type Signatures, signaturesOf } from "../support/signature.ts";
import { serve } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

it.each(WRAPPERS)("on %s a request has the signature that AWS computes", async (_, wrapper) => {
  const signatures: Signatures[] = [];
  const server = await serve(async (request, response) => {
    signatures.push(await signaturesOf(request, lambdaEnv("", {}).AWS_SECRET_ACCESS_KEY ?? ""));
    response.end(JSON.stringify({ ARN: "arn", Name: "prod/x", VersionId: "v", SecretString: "value" }));
  });
  const ended = await run(wrapper, ["true"], lambdaEnv(server.url, { A: "prod/x" }));
  server.close();
  expect(ended.status).toBe(0);
  expect(signatures).toEqual([{ sent: signatures[0]?.computed, computed: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
});
