import { type Fault, type Problem, quote } from "../fault/fault.ts";
import { type Env, isSnapStart } from "../host/env.ts";
import { fill, grammar } from "./grammar.ts";
import type { ProxyFor } from "./proxy.ts";
import { PARAMETER_STORE, SECRETS_MANAGER, type Service } from "./service.ts";

/** How to fetch, from the environment. */
export type Settings = {
  /** For everything from here to the start of the function's runtime. */
  timeoutMs: number;
  /** For references without a Region. */
  region?: string;
  /** Custom endpoints, which replace AWS's own. */
  endpoints: Partial<Record<Service["prefix"], string>>;
  useFipsEndpoint: boolean;
  useDualstackEndpoint: boolean;
  /** Certificates of the CAs to trust instead of the public ones, in PEM format. */
  ca?: string;
  /** If the environment names a proxy. */
  proxyFor?: ProxyFor;
};

/** Reads all settings except SECRETS and SECRETS_FILE, with a fault for each that is not valid. */
export function readSettings(env: Env): { settings: Settings; faults: Fault[] } {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const settings: Settings = {
    timeoutMs: Number(env.SECRETS_TIMEOUT || DEFAULT_TIMEOUT_S) * 1000,
    ...(region && { region }),
    endpoints: Object.fromEntries(SERVICES.flatMap((service) => endpointOf(service, env))),
    useFipsEndpoint: isTrue(env.AWS_USE_FIPS_ENDPOINT),
    useDualstackEndpoint: isTrue(env.AWS_USE_DUALSTACK_ENDPOINT),
  };
  return {
    settings,
    faults: [...checkValues(env), ...checkRegion(settings), ...checkEndpoints(env, settings)],
  };
}

const DEFAULT_TIMEOUT_S = "5";

function endpointOf({ prefix, endpointVariable }: Service, env: Env): [[Service["prefix"], string]] | [] {
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return [];
  const endpoint = env[endpointVariable] || env.AWS_ENDPOINT_URL;
  return endpoint ? [[prefix, endpoint]] : [];
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

/** A value that does not match would be ignored. */
function checkValues(env: Env): Fault[] {
  return grammar.settings.flatMap(({ names, pattern, cause, remedy }) => {
    const wrong = names.filter((name) => env[name] && !new RegExp(pattern).test(env[name].toLowerCase()));
    return wrong.map((subject) => ({
      subject,
      code: "InvalidSetting",
      cause: fill(cause, quote(env[subject] ?? "")),
      remedy,
    }));
  });
}

/** For a function with secrets: under SnapStart the values would outlive a rotation. */
export function checkSnapStart(env: Env): Fault[] {
  if (!isSnapStart(env) || env.SECRETS_SNAPSTART?.toLowerCase() === "allow") return [];
  return [
    {
      subject: "SECRETS_SNAPSTART",
      code: "SnapStart",
      cause:
        "under SnapStart the values would be stored in the snapshot and reused by every environment started from it",
      remedy:
        "Turn SnapStart off for this function, or set SECRETS_SNAPSTART=allow and publish a new version after each rotation.",
    },
  ];
}

function checkRegion({ region }: Settings): Fault[] {
  if (!region || /^[a-z0-9-]+$/.test(region)) return [];
  return [
    {
      subject: "AWS_REGION",
      code: "InvalidSetting",
      cause: `${quote(region)} is not a valid Region name`,
      remedy: "Lambda sets it; outside Lambda, use for example eu-west-1.",
    },
  ];
}

function checkEndpoints(env: Env, { useFipsEndpoint, useDualstackEndpoint }: Settings): Fault[] {
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return [];
  const set = ["AWS_ENDPOINT_URL", ...SERVICES.map(({ endpointVariable }) => endpointVariable)].filter(
    (name) => env[name],
  );
  const wrong = set.filter((name) => !isHttpUrl(env[name] ?? ""));
  return [
    ...wrong.map((subject) => ({ subject, ...NOT_A_URL })),
    ...(useFipsEndpoint || useDualstackEndpoint ? set.map((subject) => ({ subject, ...TWO_ENDPOINTS })) : []),
  ];
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:\/\/[^/]/i.test(text);
}

const SERVICES = [SECRETS_MANAGER, PARAMETER_STORE];

const NOT_A_URL: Problem = {
  code: "InvalidSetting",
  cause: "the endpoint is not an http or https URL",
  remedy: "Use for example https://host:443.",
};
const TWO_ENDPOINTS: Problem = {
  code: "InvalidSetting",
  cause: "a custom endpoint cannot be combined with AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT",
  remedy: "Remove one of the two.",
};
