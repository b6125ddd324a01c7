import * as fc from "fast-check";
import { checkExpandedName, checkName } from "../../fetcher/names.ts";
import { anyText } from "./any-text.ts";
import { expectCause } from "./given.ts";

/** What Lambda sets itself; the platform's list. */
const RESERVED = `_HANDLER _X_AMZN_TRACE_ID _LAMBDA_TELEMETRY_LOG_FD _LAMBDA_SERVER_PORT
  AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_EXEC_WRAPPER AWS_LAMBDA_RUNTIME_API AWS_LAMBDA_LOG_FORMAT
  AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN
  AWS_REGION AWS_DEFAULT_REGION AWS_EXECUTION_ENV
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN
  LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`.split(/\s+/);

const OWN = `SECRETS SECRETS_FILE SECRETS_LOG_LEVEL SECRETS_NEXT_WRAPPER SECRETS_SNAPSTART SECRETS_TIMEOUT`.split(" ");

/** What makes a loader, shell, interpreter or SDK run or trust something else. */
const STARTUP = `_ _ANYTHING LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT PATH IFS ENV
  BASH_ENV BASH_FUNC_x PS4 PROMPT_COMMAND SHELLOPTS BASHOPTS GCONV_PATH GLIBC_TUNABLES
  OPENSSL_CONF OPENSSL_MODULES SSL_CERT_FILE SSL_CERT_DIR
  NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED
  PYTHONPATH PYTHONSTARTUP PYTHONHOME PYTHONWARNINGS
  JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS CLASSPATH
  RUBYOPT RUBYLIB GEM_PATH GEM_HOME BUNDLE_GEMFILE PERL5OPT PERL5LIB PHPRC PHP_INI_SCAN_DIR
  DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS CORECLR_ENABLE_PROFILING CORECLR_PROFILER_PATH COMPlus_LogEnable
  ASPNETCORE_HOSTINGSTARTUPASSEMBLIES REQUESTS_CA_BUNDLE CURL_CA_BUNDLE
  AWS_CA_BUNDLE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_PROFILE
  AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3 AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE
  AWS_XRAY_DAEMON_ADDRESS AWS_XRAY_CONTEXT_MISSING`.split(/\s+/);

const ORDINARY = `DB_PASSWORD host Port a A1 API_TOKEN PATHS MY_PATH NODE ENVIRONMENT RUNTIME AWS_BUCKET
  SECRETSAUCE SECRETS_OF_MINE MYLD_PRELOAD LAMBDA_NAME JAVA_HOME path ld_preload`.split(/\s+/);

it.each(ORDINARY)("%s may be set by an entry and by a wildcard", (name) => {
  expect(checkName(name)).toBeUndefined();
  expect(checkExpandedName(name)).toBeUndefined();
});

it.each(RESERVED)("%s is Lambda's and always refused", (name) => {
  expectCause(checkName(name), "ReservedName", /Lambda reserves/, /another name/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

it.each(OWN)("%s is the wrapper's own and always refused", (name) => {
  expectCause(checkName(name), "ReservedName", /setting of the wrapper/, /another name/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

it.each(STARTUP)("%s may not come out of a secret, but may be set by name", (name) => {
  expectCause(checkExpandedName(name), "StartupName", /how a program starts.*wildcard/, /entry of its own/);
  expect(checkName(name)).toBeUndefined();
});

it.each(["", "1A", "A-B", "A.B", "A B", "A=B", "A\n", "A\0", "ÄB", "*"])("%j is not a variable's name", (name) => {
  expectCause(checkName(name), "InvalidName", /not a name/, /letters, digits and underscores/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

it("takes any letters, digits and underscores that begin with a letter", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,30}$/), (name) => {
      expect(checkExpandedName(name)).toBeUndefined();
    }),
  );
});

it("never takes a character that a shell could not export", () => {
  const odd = anyText.filter((text) => /\W/.test(text));
  fc.assert(
    fc.property(fc.string(), odd, fc.string(), (before, middle, after) => {
      expect(checkName(before + middle + after)).toMatchObject({ code: "InvalidName" });
    }),
  );
});

it("never lets a wildcard set what an entry may not", () => {
  const likely = fc.constantFrom(...RESERVED, ...OWN, ...STARTUP, ...ORDINARY);
  fc.assert(
    fc.property(fc.oneof(likely, fc.string()), fc.oneof(fc.constant(""), fc.string()), (name, suffix) => {
      const refused = checkName(name + suffix);
      if (refused) expect(checkExpandedName(name + suffix)).toEqual(refused);
    }),
  );
});
