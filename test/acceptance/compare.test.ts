import { compare } from "../../acceptance/compare.ts";
import type { Deployed } from "../../acceptance/deployed.ts";
import { expectedHashes, makeValues } from "../../acceptance/values.ts";

const DEPLOYED: Deployed = {
  use: "values",
  function: "acceptance-python3-13-arm64",
  qualifier: "$LATEST",
  runtime: "python3.13",
  architecture: "arm64",
  memory: 512,
  layer: true,
  snap_start: false,
};

const VALUES = makeValues();
const EXPECTED = expectedHashes(VALUES, "managed");

const see = (payload: unknown, error = false) => compare(DEPLOYED, { payload, error }, EXPECTED);
const fail = (payload: unknown, error = true) =>
  compare({ ...DEPLOYED, use: "no-route" }, { payload, error }, EXPECTED);

describe("a function that is to find its values", () => {
  it("has nothing wrong where each variable has what is stored", () => {
    expect(Object.keys(EXPECTED)).toHaveLength(9);
    expect(see(EXPECTED)).toEqual([]);
  });

  it("has another value, none, or one too many", () => {
    const seen = { ...EXPECTED, TEXT: EXPECTED.SECURE, DB_PASSWORD: null, MISSING: EXPECTED.TEXT };
    expect(see(seen)).toEqual([
      "TEXT has another value than is stored",
      "DB_PASSWORD is not set",
      "MISSING is set, though its secret does not exist",
    ]);
  });

  it("may leave out what is not set", () => {
    const { MISSING: _, ...seen } = EXPECTED;
    expect(see(seen)).toEqual([]);
  });

  it("has failed", () => {
    expect(see({ errorType: "Runtime.ExitError" }, true)).toEqual(['failed: {"errorType":"Runtime.ExitError"}']);
  });

  it("is compared by hashes that differ from run to run, and are of no value itself", () => {
    expect(expectedHashes(makeValues(), "managed").TEXT).not.toBe(EXPECTED.TEXT);
    for (const value of Object.values(VALUES)) expect(JSON.stringify(EXPECTED)).not.toContain(value);
  });
});

describe("a function without a route", () => {
  const errorMessage = "DB_PASSWORD: no connection was established within 5 s (SECRETS_TIMEOUT)";

  it("has nothing wrong where the wrapper reports it", () => {
    expect(fail({ errorType: "Runtime.SecretsUnavailable", errorMessage })).toEqual([]);
  });

  it.each([
    ["it starts", EXPECTED, false, "has started"],
    ["Lambda ends it", { errorType: "Sandbox.Timedout", errorMessage: "Task timed out" }, true, "another reason"],
    ["access is denied", { errorType: "Runtime.SecretsUnavailable", errorMessage: "denied" }, true, "another reason"],
  ])("is wrong where %s", (_, payload, error, why) => {
    expect(fail(payload, error)).toEqual([expect.stringContaining(why)]);
  });
});
