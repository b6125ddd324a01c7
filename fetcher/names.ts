import type { Cause } from "./fault.ts";

/** Why a variable may not have this name, or undefined. */
export function checkName(name: string): Cause | undefined {
  if (!VALID.test(name)) return INVALID;
  if (RESERVED.test(name)) return LAMBDAS;
  return OWN.has(name) ? OURS : undefined;
}

/**
 * The same for a name that comes out of a secret, by wildcard or list: whoever may edit a secret
 * must not thereby decide what code the function runs.
 */
export function checkExpandedName(name: string): Cause | undefined {
  return checkName(name) ?? (STARTUP.test(name) ? STARTS_CODE : undefined);
}

const VALID = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** What Lambda sets itself. */
const RESERVED = new RegExp(
  `^(?:${[
    "_HANDLER",
    "_X_AMZN_TRACE_ID",
    "_LAMBDA_.*",
    "AWS_LAMBDA_.*",
    "AWS_ACCESS_KEY",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_SECURITY_TOKEN",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_EXECUTION_ENV",
    "AWS_CONTAINER_.*",
    "LAMBDA_TASK_ROOT",
    "LAMBDA_RUNTIME_DIR",
  ].join("|")})$`,
);

const OWN = new Set([
  "SECRETS",
  "SECRETS_FILE",
  "SECRETS_LOG_LEVEL",
  "SECRETS_NEXT_WRAPPER",
  "SECRETS_SNAPSTART",
  "SECRETS_TIMEOUT",
]);

/** What a loader, shell, interpreter or SDK takes code, or the way to it, from. */
const STARTUP = new RegExp(
  `^(?:${[
    "_.*",
    "LD_.*",
    "PATH",
    "IFS",
    "ENV",
    "BASH_.*",
    "BASHOPTS",
    "SHELLOPTS",
    "PS4",
    "PROMPT_COMMAND",
    "GCONV_PATH",
    "GLIBC_TUNABLES",
    "OPENSSL_.*",
    "SSL_CERT_.*",
    ".*_CA_BUNDLE",
    "NODE_.*",
    "PYTHON.*",
    "JAVA_TOOL_OPTIONS",
    "JDK_JAVA_OPTIONS",
    "CLASSPATH",
    "RUBY.*",
    "GEM_.*",
    "BUNDLE_.*",
    "DOTNET_.*",
    "ASPNETCORE_HOSTINGSTARTUPASSEMBLIES",
    "CORECLR_.*",
    "COMPlus_.*",
    "PERL.*",
    "PHPRC",
    "PHP_INI_SCAN_DIR",
    "AWS_CONFIG_FILE",
    "AWS_ENDPOINT_URL.*",
    "AWS_PROFILE",
    "AWS_ROLE_ARN",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_XRAY_.*",
  ].join("|")})$`,
);

const INVALID: Cause = {
  code: "InvalidName",
  cause: "it is not a name for a variable",
  remedy: "Use letters, digits and underscores, and no digit first.",
};
const LAMBDAS: Cause = {
  code: "ReservedName",
  cause: "Lambda reserves this name",
  remedy: "Choose another name for the variable.",
};
const OURS: Cause = {
  code: "ReservedName",
  cause: "this name is a setting of the wrapper itself",
  remedy: "Choose another name for the variable.",
};
const STARTS_CODE: Cause = {
  code: "StartupName",
  cause: "this name changes how a program starts, and is not taken from a wildcard or list",
  remedy: "Rename it where it is stored, or give the variable an entry of its own in SECRETS.",
};
