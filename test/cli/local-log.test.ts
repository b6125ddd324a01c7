import { createLocalLog, reportLocally, toLocalFault } from "../../cli/local/local-log.ts";
import type { Fault } from "../../core/fault/fault.ts";
import { explainDenial, explainKeyDenial } from "../../core/sources/explain/explain-denial.ts";
import { describeWaiting } from "../../core/sources/waiting.ts";
import { planOf } from "../core/plans.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { allFaults } from "../support/problems/all-faults.ts";
import { faultsOfLiveCache } from "../support/problems/live-cache.ts";

/** What is logged of these faults. */
function logged(faults: Fault[], noCredentials?: string): string {
  const lines: string[] = [];
  const log = createLocalLog({}, (line) => lines.push(line));
  reportLocally(
    { type: "Runtime.SecretsUnavailable", faults },
    { variables: {}, ...(noCredentials && { noCredentials }) },
    log,
    "End",
  );
  return lines.join("");
}

/** What a developer's machine does not have. */
const LAMBDAS = /Lambda|\bfunction|\bVPC\b|\bNAT\b|\blayers?\b|security group|ephemeral|deployment|\bpackaged/;

const missing = process.platform === "linux" ? missingProgram(["openssl"]) : "some faults are made with Linux's /proc";
describeUnless(missing, "whatever the fault", () => {
  it("tells nothing to do on Lambda", async () => {
    const ofCache = (await faultsOfLiveCache()).map(({ code }) => code);
    const elsewhere = [...ofCache, "SnapStart", "UnknownOption", "ProgramNotFound"];
    const reachable = (await allFaults()).filter(
      ({ code, subject, cause }) => !elsewhere.includes(code) && !/NEXT_WRAPPER|CONTAINER/.test(subject + cause),
    );
    expect(reachable.length).toBeGreaterThan(100);
    for (const fault of reachable) {
      expect(logged([{ ...fault, subject: "A", cause: "" }], "Sign in.")).not.toMatch(LAMBDAS);
    }
  });
});

const [planned] = planOf({ A: "prod/db" });

it("names the caller's role in place of the function's", () => {
  if (!planned) throw new Error("nothing is planned");
  const { request } = planned;
  const denials = [explainDenial("", request), explainKeyDenial(true, request), explainKeyDenial(false, request)];
  const lines = denials.map((problem) => logged([{ subject: "A", ...problem }]));
  for (const line of lines) {
    expect(line).toContain("your role or user");
    expect(line).not.toMatch(LAMBDAS);
  }
});

it("warns of a service that does not respond without a VPC", () => {
  const plan = planOf({ A: "prod/db" });
  const [warning = ""] = describeWaiting(
    plan.map(({ request }) => request),
    plan,
    new Map(),
  );
  let line = "";
  createLocalLog({}, (text) => {
    line = text;
  })("WARN", warning);
  expect(line).toMatch(
    /has not responded for one second\. If it never responds, check this machine's network.* Waiting for A\.\n$/,
  );
  expect(line).not.toMatch(LAMBDAS);
});

it("has the SDK's reason where there are no credentials", () => {
  const fault = { subject: "AWS_ACCESS_KEY_ID", code: "NoCredentials", cause: "none", remedy: "Lambda's." };
  expect(toLocalFault(fault, { variables: {}, noCredentials: "Sign in." })).toMatchObject({ remedy: "Sign in." });
});
