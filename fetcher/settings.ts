import { type Fault, quote } from "./fault.ts";

/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** What the environment says about how to fetch. */
export type Settings = {
  /** For everything from here to the start of the function's runtime. */
  timeoutMs: number;
  /** Programs to run between this one and the runtime, in order. */
  nextWrappers: string[];
  /** For secrets that are named without one. */
  region?: string;
  /** The service's address where it is not AWS's own for the Region. */
  endpoint?: string;
  useFipsEndpoint: boolean;
  useDualstackEndpoint: boolean;
  /** PEM file of the certificate authorities to believe instead of the public ones. */
  caFile?: string;
};

/** Reads all settings but SECRETS, with a fault for each that makes no sense. */
export function readSettings(env: Env): { settings: Settings; faults: Fault[] } {
  const region = env.AWS_REGION || env.AWS_DEFAULT_REGION;
  const endpoint = endpointOf(env);
  const settings: Settings = {
    timeoutMs: Number(env.SECRETS_TIMEOUT || DEFAULT_TIMEOUT_S) * 1000,
    nextWrappers: (env.SECRETS_NEXT_WRAPPER ?? "").split(":").filter((path) => path !== ""),
    ...(region && { region }),
    ...(endpoint && { endpoint }),
    useFipsEndpoint: isTrue(env.AWS_USE_FIPS_ENDPOINT),
    useDualstackEndpoint: isTrue(env.AWS_USE_DUALSTACK_ENDPOINT),
    ...(env.AWS_CA_BUNDLE && { caFile: env.AWS_CA_BUNDLE }),
  };
  return {
    settings,
    faults: [...checkTimeout(env), ...checkRegion(settings), ...checkFile(env), ...checkEndpoint(settings)],
  };
}

const DEFAULT_TIMEOUT_S = "5";

function endpointOf(env: Env): string | undefined {
  if (isTrue(env.AWS_IGNORE_CONFIGURED_ENDPOINT_URLS)) return undefined;
  return env.AWS_ENDPOINT_URL_SECRETS_MANAGER || env.AWS_ENDPOINT_URL;
}

function isTrue(value: string | undefined): boolean {
  return value?.toLowerCase() === "true";
}

function checkTimeout({ SECRETS_TIMEOUT: value }: Env): Fault[] {
  if (!value || (/^\d+(\.\d+)?$/.test(value) && Number(value) > 0 && Number(value) <= 900)) return [];
  return [
    {
      subject: "SECRETS_TIMEOUT",
      code: "InvalidSetting",
      cause: `${quote(value)} is not a number of seconds above 0 and up to 900`,
      remedy: "Write for example 5 or 2.5, or remove the variable for 5 seconds.",
    },
  ];
}

/** For a function that has secrets to fetch: under SnapStart they would outlive their rotation. */
export function checkSnapStart(env: Env): Fault[] {
  if (env.AWS_LAMBDA_INITIALIZATION_TYPE !== "snap-start" || env.SECRETS_SNAPSTART === "allow") return [];
  return [
    {
      subject: "SECRETS_SNAPSTART",
      code: "SnapStart",
      cause: "under SnapStart the values would be frozen into the snapshot, for every environment started from it",
      remedy:
        "Turn SnapStart off for this function, or accept it with SECRETS_SNAPSTART=allow and publish a new version after each rotation.",
    },
  ];
}

function checkRegion({ region }: Settings): Fault[] {
  if (!region || /^[a-z0-9-]+$/.test(region)) return [];
  return [
    {
      subject: "AWS_REGION",
      code: "InvalidSetting",
      cause: `${quote(region)} is not the name of a Region`,
      remedy: "Lambda sets it; elsewhere write for example eu-west-1.",
    },
  ];
}

function checkFile({ SECRETS_FILE: value }: Env): Fault[] {
  if (!value) return [];
  return [
    {
      subject: "SECRETS_FILE",
      code: "NotSupported",
      cause: "this setting is not supported in this version",
      remedy: "Put the entries into SECRETS and remove the variable.",
    },
  ];
}

function checkEndpoint({ endpoint, useFipsEndpoint, useDualstackEndpoint }: Settings): Fault[] {
  if (!endpoint) return [];
  const faults: Fault[] = [];
  const report = (cause: string, remedy: string) =>
    faults.push({ subject: "AWS_ENDPOINT_URL_SECRETS_MANAGER", code: "InvalidSetting", cause, remedy });
  if (!URL.canParse(endpoint) || !/^https?:\/\/[^/]/i.test(endpoint)) {
    report(
      "the endpoint (here or in AWS_ENDPOINT_URL) is not an http or https URL",
      "Write for example https://host:443.",
    );
  }
  if (useFipsEndpoint || useDualstackEndpoint) {
    report(
      "an endpoint of one's own cannot be combined with AWS_USE_FIPS_ENDPOINT or AWS_USE_DUALSTACK_ENDPOINT",
      "Remove one of the two.",
    );
  }
  return faults;
}
