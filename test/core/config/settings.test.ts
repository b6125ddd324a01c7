import * as fc from "fast-check";
import { checkSnapStart, readSettings } from "../../../core/config/settings.ts";
import type { Env } from "../../../core/host/env.ts";
import { expectFaults } from "../expect-problems.ts";

const settings = (env: Env) => readSettings(env).settings;
const faults = (env: Env) => readSettings(env).faults;

it("has five seconds, public authorities and AWS's own endpoint where nothing is set", () => {
  const defaults = {
    timeoutMs: 5000,
    endpoints: {},
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
  };
  expect(readSettings({})).toEqual({ settings: defaults, faults: [] });
});

describe("SECRETS_TIMEOUT", () => {
  it.each([
    ["", 5000],
    ["1", 1000],
    ["2.5", 2500],
    ["0.25", 250],
    ["900", 900_000],
  ])("%j is %i ms", (value, timeoutMs) => {
    expect(readSettings({ SECRETS_TIMEOUT: value })).toMatchObject({ settings: { timeoutMs }, faults: [] });
  });

  it.each([
    "0",
    "0.0",
    "-1",
    "+1",
    "901",
    "900.1",
    "1e2",
    "0x10",
    "5s",
    " 5",
    "5 ",
    ".5",
    "5.",
    "Infinity",
    "NaN",
    "٥",
  ])("%j is refused", (value) => {
    const found = faults({ SECRETS_TIMEOUT: value });
    expectFaults(found, ["SECRETS_TIMEOUT", "InvalidSetting", /seconds greater than 0 and at most 900/, /5 or 2\.5/]);
    expect(found[0]?.cause).toContain(JSON.stringify(value));
  });

  it("is any number of seconds up to 900, to the millisecond", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 900_000 }), (ms) => {
        const read = readSettings({ SECRETS_TIMEOUT: String(ms / 1000) });
        expect(read.faults).toEqual([]);
        expect(read.settings.timeoutMs).toBeCloseTo(ms, 6);
      }),
    );
  });

  it("is refused, not guessed, where it is no number", () => {
    const text = fc.string({ minLength: 1 }).filter((value) => !/^[\d.]+$/.test(value));
    fc.assert(
      fc.property(text, (value) =>
        expect(faults({ SECRETS_TIMEOUT: value })).toMatchObject([{ code: "InvalidSetting" }]),
      ),
    );
  });
});

describe("the Region for names", () => {
  it.each([
    [{ AWS_REGION: "eu-west-1", AWS_DEFAULT_REGION: "us-east-1" }, "eu-west-1"],
    [{ AWS_REGION: "", AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{ AWS_DEFAULT_REGION: "us-east-1" }, "us-east-1"],
    [{ AWS_REGION: "" }, undefined],
  ])("with %j is %s", (env, region) => {
    expect(settings(env).region).toBe(region);
  });

  it("is refused where it is no name of one", () => {
    expectFaults(faults({ AWS_REGION: "eu_west 1" }), [
      "AWS_REGION",
      "InvalidSetting",
      /"eu_west 1" is not/,
      /eu-west-1/,
    ]);
  });
});

describe("the endpoint", () => {
  const own = "https://vpce-1.example:8443";
  const all = "http://localhost:4566";

  it.each([
    [{ AWS_ENDPOINT_URL_SECRETS_MANAGER: own, AWS_ENDPOINT_URL: all }, own],
    [{ AWS_ENDPOINT_URL: all }, all],
    [{ AWS_ENDPOINT_URL_SECRETS_MANAGER: "", AWS_ENDPOINT_URL: all }, all],
    [{ AWS_ENDPOINT_URL_SECRETS_MANAGER: own, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" }, undefined],
    [{ AWS_ENDPOINT_URL: all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "TRUE" }, undefined],
    [{ AWS_ENDPOINT_URL: all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "false" }, all],
    [{ AWS_ENDPOINT_URL: "HTTPS://vpce-1.example" }, "HTTPS://vpce-1.example"],
  ])("with %j is %s", (env, endpoint) => {
    expect(readSettings(env)).toMatchObject({ faults: [] });
    expect(settings(env).endpoints.secretsmanager).toBe(endpoint);
  });

  it.each(["localhost:4566", "vpce-1.example", "ftp://x", "http://", "https:///x", "http://[x", "file:///etc/passwd"])(
    "%s is refused",
    (url) => {
      for (const name of ["AWS_ENDPOINT_URL_SECRETS_MANAGER", "AWS_ENDPOINT_URL_SSM", "AWS_ENDPOINT_URL"]) {
        const found = faults({ [name]: url });
        expectFaults(found, [name, "InvalidSetting", /not an http or https URL/, /https:\/\/host/]);
      }
    },
  );

  it.each(["AWS_USE_FIPS_ENDPOINT", "AWS_USE_DUALSTACK_ENDPOINT"])("of one's own excludes %s", (name) => {
    const found = faults({ AWS_ENDPOINT_URL: all, [name]: "true" });
    const cause = new RegExp(`cannot be combined.*${name}`);
    expectFaults(found, ["AWS_ENDPOINT_URL", "InvalidSetting", cause, /Remove one/]);
    expect(faults({ [name]: "true" })).toEqual([]);
    expect(faults({ [name]: "true", AWS_ENDPOINT_URL: all, AWS_IGNORE_CONFIGURED_ENDPOINT_URLS: "true" })).toEqual([]);
  });
});

it.each(["true", "True", "TRUE"])("FIPS and dual-stack are asked for by %s", (value) => {
  const env = { AWS_USE_FIPS_ENDPOINT: value, AWS_USE_DUALSTACK_ENDPOINT: value };
  expect(settings(env)).toMatchObject({ useFipsEndpoint: true, useDualstackEndpoint: true });
});

it.each([
  ["SECRETS_LOG_LEVEL", "verbose", /"verbose" is not one of TRACE, DEBUG, INFO, WARN, ERROR, FATAL/],
  ["SECRETS_SNAPSTART", "yes", /"yes" is not one of allow/],
  ["AWS_USE_FIPS_ENDPOINT", "1", /"1" is not one of true, false/],
  ["AWS_USE_DUALSTACK_ENDPOINT", "on", /"on" is not one of true, false/],
  ["AWS_IGNORE_CONFIGURED_ENDPOINT_URLS", "yes", /"yes" is not one of true, false/],
])("%s=%s is an error, as it would be ignored", (name, value, cause) => {
  expectFaults(readSettings({ [name]: value }).faults, [name, "InvalidSetting", cause, /remove the variable/]);
});

it.each([
  ["SECRETS_LOG_LEVEL", "debug"],
  ["AWS_USE_FIPS_ENDPOINT", "False"],
  ["SECRETS_SNAPSTART", ""],
])("%s=%s is valid", (name, value) => {
  expect(readSettings({ [name]: value }).faults).toEqual([]);
});

it.each(["", "false", "1", "yes"])("FIPS is not asked for by %j", (value) => {
  expect(settings({ AWS_USE_FIPS_ENDPOINT: value }).useFipsEndpoint).toBe(false);
});

describe("SnapStart", () => {
  const snapStart = { AWS_LAMBDA_INITIALIZATION_TYPE: "snap-start" };

  it.each([undefined, "", "true", "allowed"])("is refused with SECRETS_SNAPSTART=%s", (value) => {
    const remedy = /SECRETS_SNAPSTART=allow.*rotation/;
    const found = checkSnapStart({ ...snapStart, SECRETS_SNAPSTART: value });
    expectFaults(found, ["SECRETS_SNAPSTART", "SnapStart", /stored in the snapshot/, remedy]);
  });

  it.each(["allow", "ALLOW"])("can be accepted with %s", (value) => {
    expect(checkSnapStart({ ...snapStart, SECRETS_SNAPSTART: value })).toEqual([]);
  });

  it.each(["on-demand", "provisioned-concurrency", undefined])("is not %s", (type) => {
    expect(checkSnapStart({ AWS_LAMBDA_INITIALIZATION_TYPE: type })).toEqual([]);
  });
});

it("reports every setting that makes no sense at once", () => {
  const env = {
    SECRETS_TIMEOUT: "soon",
    AWS_REGION: "eu_west 1",
    AWS_ENDPOINT_URL: "x",
    AWS_USE_FIPS_ENDPOINT: "true",
  };
  expect(faults(env)).toHaveLength(4);
});
