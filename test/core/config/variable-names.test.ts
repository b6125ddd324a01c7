import { readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import startupNames from "../../../core/config/startup-names.json" with { type: "json" };
import { checkExpandedName, checkName } from "../../../core/config/variable-names.ts";
import { success } from "../../../core/fault/result.ts";
import { ROOT } from "../../../layer/paths.ts";
import { anyText } from "../any-text.ts";
import { expectProblem } from "../expect-problems.ts";
import { unwrap } from "../unwrap.ts";

/** What Lambda sets itself; the platform's list. */
const RESERVED = words(`_HANDLER _X_AMZN_TRACE_ID _LAMBDA_TELEMETRY_LOG_FD _LAMBDA_SERVER_PORT
  AWS_LAMBDA_FUNCTION_NAME AWS_LAMBDA_EXEC_WRAPPER AWS_LAMBDA_RUNTIME_API AWS_LAMBDA_LOG_FORMAT
  AWS_ACCESS_KEY AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY AWS_SESSION_TOKEN AWS_SECURITY_TOKEN
  AWS_REGION AWS_DEFAULT_REGION AWS_EXECUTION_ENV
  AWS_CONTAINER_CREDENTIALS_FULL_URI AWS_CONTAINER_AUTHORIZATION_TOKEN
  LAMBDA_TASK_ROOT LAMBDA_RUNTIME_DIR`);

const OWN = words(
  `SECRETS SECRETS_FILE SECRETS_LOG_LEVEL SECRETS_NEXT_WRAPPER SECRETS_SNAPSTART SECRETS_TIMEOUT SECRETS_TTL SECRETS_MAX_STALE SECRETS_PORT SECRETS_CACHE_SIZE`,
);

/** What makes a loader, shell, interpreter, client or vendor's wrapper run, reach or trust something else. */
const STARTUP = words(`_ _ANYTHING LD_PRELOAD LD_LIBRARY_PATH LD_AUDIT PATH HOME TMPDIR
  IFS ENV BASH_ENV BASH_FUNC_x PS4 PROMPT_COMMAND SHELLOPTS BASHOPTS ZDOTDIR FPATH CDPATH
  GCONV_PATH GETCONF_DIR GLIBC_TUNABLES HOSTALIASES LOCALDOMAIN LOCPATH NIS_PATH NLSPATH RESOLV_HOST_CONF RES_OPTIONS
  TZDIR MALLOC_TRACE MALLOC_CHECK_ MALLOC_CONF MUSL_LOCPATH XDG_CONFIG_HOME
  OPENSSL_CONF OPENSSL_MODULES OPENSSL_ENGINES SSL_CERT_FILE SSL_CERT_DIR SSLKEYLOGFILE GNUTLS_SYSTEM_PRIORITY_FILE
  HTTP_PROXY HTTPS_PROXY ALL_PROXY NO_PROXY http_proxy https_proxy all_proxy no_proxy Https_Proxy grpc_proxy wss_proxy
  REQUESTS_CA_BUNDLE CURL_CA_BUNDLE CURL_HOME GRPC_DEFAULT_SSL_ROOTS_FILE_PATH
  NODE_OPTIONS NODE_PATH NODE_EXTRA_CA_CERTS NODE_TLS_REJECT_UNAUTHORIZED NODE_COMPILE_CACHE NODE_DEBUG
  npm_config_node_options NPM_CONFIG_SCRIPT_SHELL BUN_OPTIONS BUN_INSPECT DENO_DIR DENO_CERT yarn_yarn_path
  PYTHONPATH PYTHONSTARTUP PYTHONHOME PYTHONWARNINGS PYTHON_PRESITE GUNICORN_CMD_ARGS UVICORN_LOG_CONFIG PIP_INDEX_URL
  UV_PYTHON VIRTUAL_ENV FLASK_APP DJANGO_SETTINGS_MODULE
  JAVA_TOOL_OPTIONS JDK_JAVA_OPTIONS _JAVA_OPTIONS JAVA_OPTS JAVA_HOME CLASSPATH MAVEN_OPTS MAIN_CLASS
  LOG4J_CONFIGURATION_FILE MICRONAUT_CONFIG_FILES quarkus_lambda_handler APP_CONFIG_CACHE APP_RUNTIME BOOTSNAP_CACHE_DIR
  SPRING_APPLICATION_JSON SPRING_CONFIG_IMPORT spring_config_import
  DOTNET_STARTUP_HOOKS DOTNET_ADDITIONAL_DEPS DOTNET_gcServer CORECLR_ENABLE_PROFILING CORECLR_PROFILER_PATH
  COMPlus_LogEnable ASPNETCORE_HOSTINGSTARTUPASSEMBLIES AspNetCore_HostingStartupAssemblies LAMBDA_DOTNET_MAIN_ASSEMBLY
  RUBYOPT RUBYLIB RUBYGEMS_GEMDEPS GEM_PATH GEM_HOME BUNDLE_GEMFILE BUNDLER_ORIG_PATH PERL5OPT PERL5LIB
  PHPRC PHP_INI_SCAN_DIR BREF_AUTOLOAD_PATH GODEBUG GOCOVERDIR GOTRACEBACK
  LUA_INIT LUA_INIT_5_4 LUA_PATH LUA_CPATH_5_4 ERL_AFLAGS ERL_FLAGS ERL_ZFLAGS ERL_LIBS ELIXIR_ERL_OPTIONS RELEASE_VM_ARGS
  R_PROFILE R_PROFILE_USER R_ENVIRON_USER R_LIBS JULIA_LOAD_PATH JULIA_DEPOT_PATH GHCRTS OCAMLRUNPARAM SWIFT_BACKTRACE
  GIT_SSH GIT_SSH_COMMAND GIT_CONFIG_GLOBAL GIT_CONFIG_KEY_0 GIT_EXEC_PATH SSH_AUTH_SOCK SSH_ASKPASS
  LIBMYSQL_PLUGINS ODBCSYSINI KRB5_CONFIG
  AWS_CA_BUNDLE AWS_CONFIG_FILE AWS_SHARED_CREDENTIALS_FILE AWS_PROFILE AWS_DEFAULT_PROFILE AWS_DATA_PATH
  AWS_ENDPOINT_URL AWS_ENDPOINT_URL_S3 AWS_ROLE_ARN AWS_WEB_IDENTITY_TOKEN_FILE AWS_EC2_METADATA_SERVICE_ENDPOINT
  AWS_XRAY_DAEMON_ADDRESS AWS_XRAY_CONTEXT_MISSING AWS_SDK_LOAD_CONFIG AWS_LWA_HOST BOTO_CONFIG
  DD_LAMBDA_HANDLER DD_TRACE_AGENT_URL NEW_RELIC_LAMBDA_HANDLER NEW_RELIC_HOME NEW_RELIC_HOST ORIG_HANDLER
  LAMBDA_HANDLER LUMIGO_ORIGINAL_HANDLER SENTRY_INITIAL_HANDLER OTEL_INSTRUMENTATION_AWS_LAMBDA_HANDLER
  OTEL_PYTHON_CONFIGURATOR OTEL_JAVAAGENT_EXTENSIONS otel_javaagent_extensions OTEL_EXPORTER_OTLP_ENDPOINT
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT OPENTELEMETRY_COLLECTOR_CONFIG_URI OPENTELEMETRY_COLLECTOR_CONFIG_FILE`);

/** Keys that secrets have, as services, frameworks and vendors name them; and names close to listed ones. */
const ORDINARY =
  words(`a A1 host Host port Port PORT HOST hostname user username password passwd dbname dbInstanceIdentifier
  engine masterarn id name key value token secret url uri path env home proxy tls shell config options
  DB_HOST DB_PASSWORD DB_URL DATABASE_URL DATABASE_PASSWORD POSTGRES_PASSWORD MYSQL_PWD MYSQL_PASSWORD MYSQL_HOST
  PGHOST PGUSER PGPASSWORD PGSSLMODE REDIS_URL REDIS_PASSWORD MONGODB_URI RABBITMQ_URL AMQP_URL ELASTICSEARCH_URL
  API_KEY API_TOKEN API_URL APP_KEY APP_ENV APP_SECRET APP_NAME APP_DEBUG APP_URL JWT_SECRET SECRET_KEY SECRET_KEY_BASE SESSION_SECRET COOKIE_SECRET
  ENCRYPTION_KEY PRIVATE_KEY PUBLIC_KEY SSL_CERT_PEM SSL_KEY TLS_CERT TLS_KEY CA_CERT SIGNING_KEY WEBHOOK_SECRET
  CLIENT_ID CLIENT_SECRET OAUTH_CLIENT_SECRET AUTH0_CLIENT_SECRET GOOGLE_CLIENT_SECRET COGNITO_CLIENT_SECRET
  GITHUB_TOKEN GH_TOKEN GITLAB_TOKEN GIT_TOKEN GIT_USERNAME GIT_PASSWORD NPM_TOKEN NODE_AUTH_TOKEN YARN_NPM_AUTH_TOKEN
  DENO_DEPLOY_TOKEN UV_PUBLISH_TOKEN GEM_HOST_API_KEY RUBYGEMS_API_KEY CARGO_REGISTRY_TOKEN COMPOSER_AUTH
  DD_API_KEY DD_APP_KEY DD_SITE DD_ENV DD_SERVICE DD_VERSION NEW_RELIC_LICENSE_KEY NEW_RELIC_ACCOUNT_ID NEW_RELIC_APP_NAME
  NEW_RELIC_PROXY_PASS OTEL_EXPORTER_OTLP_HEADERS OTEL_EXPORTER_OTLP_TRACES_HEADERS OTEL_SERVICE_NAME
  OTEL_RESOURCE_ATTRIBUTES SENTRY_DSN SENTRY_AUTH_TOKEN LUMIGO_TRACER_TOKEN DT_CONNECTION_AUTH_TOKEN DT_CONNECTION_BASE_URL
  DT_TENANT ELASTIC_APM_SECRET_TOKEN HONEYCOMB_API_KEY SPLUNK_ACCESS_TOKEN INSTANA_AGENT_KEY
  STRIPE_SECRET_KEY STRIPE_WEBHOOK_SECRET TWILIO_AUTH_TOKEN SENDGRID_API_KEY MAILGUN_API_KEY SLACK_BOT_TOKEN SLACK_WEBHOOK_URL
  OPENAI_API_KEY ANTHROPIC_API_KEY ALGOLIA_API_KEY VAULT_ADDR VAULT_TOKEN KUBECONFIG GOOGLE_APPLICATION_CREDENTIALS
  SMTP_HOST SMTP_PASSWORD EMAIL_HOST_PASSWORD SPRING_DATASOURCE_URL SPRING_DATASOURCE_PASSWORD SPRING_PROFILES_ACTIVE
  DJANGO_SECRET_KEY FLASK_SECRET_KEY RAILS_MASTER_KEY RAILS_ENV RACK_ENV NODE_ENV RELEASE_COOKIE ASPNETCORE_ENVIRONMENT
  ASPNETCORE_Kestrel__Certificates__Default__Password ConnectionStrings__Default
  AWS_BUCKET AWS_ACCOUNT_ID AWS_SECRET_KEY AWS_SQS_QUEUE_URL AWS_S3_BUCKET AWS_COGNITO_POOL_ID
  POWERTOOLS_SERVICE_NAME LOG_LEVEL LANG TZ RUST_LOG WEB_CONCURRENCY
  PATHS MY_PATH NODE ENVIRONMENT RUNTIME HOMEPAGE SECRETSAUCE SECRETS_OF_MINE MYLD_PRELOAD LAMBDA_NAME ld_preload
  COMPLUS PROXY MY_HTTP_PROXY HTTP_PROXY_USER RDS_CA_BUNDLE`);

const DOCUMENT = readFileSync(join(ROOT, "docs", "startup-names.md"), "utf8");
const [IN_THIS_CASE = "", IN_ANY_CASE = ""] = DOCUMENT.split("## In upper and lower case");
const EXACT = documented(IN_THIS_CASE);
const ANY_CASE = documented(IN_ANY_CASE);
const ROWS = [...EXACT, ...ANY_CASE];
const LINK = /^\[[^\]]+\]\(https:\/\/\S+\)$/;

it.each(ORDINARY)("%s may be set by an entry and by a wildcard", (name) => {
  expect(checkName(name)).toEqual(success(undefined));
  expect(checkExpandedName(name)).toEqual(success(undefined));
});

it.each(RESERVED)("%s is Lambda's and always refused", (name) => {
  expectProblem(unwrap(checkName(name)), "ReservedName", /Lambda reserves/, /another name/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

it.each(OWN)("%s is the wrapper's own and always refused", (name) => {
  expectProblem(unwrap(checkName(name)), "ReservedName", /the wrapper reserves/, /another name/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

it.each(STARTUP)("%s may not come out of a secret, but may be set by name", (name) => {
  expectProblem(unwrap(checkExpandedName(name)), "StartupName", /how programs start.*wildcard/, /its own entry/);
  expect(checkName(name)).toEqual(success(undefined));
});

it.each(["", "1A", "A-B", "A.B", "A B", "A=B", "A\n", "A\0", "ÄB", "*"])("%j is not a valid variable name", (name) => {
  expectProblem(unwrap(checkName(name)), "InvalidName", /not a valid variable name/, /letters, digits and underscores/);
  expect(checkExpandedName(name)).toEqual(checkName(name));
});

describe("docs/startup-names.md", () => {
  it("has every listed name in its tables, and no other", () => {
    expect(EXACT.length).toBeGreaterThan(200);
    expect(EXACT.map(({ name }) => name).sort()).toEqual(listed(Object.values(startupNames.inThisCase).flat()).sort());
    expect(ANY_CASE.map(({ name }) => name).sort()).toEqual(listed(startupNames.inAnyCase).sort());
  });

  it("has each name once", () => {
    const names = ROWS.map(({ name }) => name.toUpperCase());
    expect(new Set(names).size).toBe(names.length);
  });

  it("says of each who reads it, what it does, and where that is said", () => {
    const incomplete = ROWS.filter(
      ({ reader, effect, source }) => !/\w/.test(reader) || !/\w/.test(effect) || !LINK.test(source),
    );
    expect(incomplete).toEqual([]);
  });

  it("is right about each, with whatever follows a prefix", () => {
    const names = ROWS.flatMap(({ name }) => ["", "x", "X_1"].map((rest) => name.replace("*", rest)));
    expect(names.filter((name) => !isStartup(name))).toEqual([]);
  });

  it("is right about those that are read in any case", () => {
    const names = ANY_CASE.map(({ name }) => name.replace("*", "X_1"));
    const others = names.flatMap((name) => [name.toLowerCase(), name.charAt(0) + name.slice(1).toLowerCase()]);
    expect(others.filter((name) => !isStartup(name))).toEqual([]);
  });

  it("is right about those whose case counts", () => {
    const names = EXACT.filter(({ name }) => name !== "_*").map(({ name }) => name.replace("*", "X").toLowerCase());
    expect(names.filter(isStartup)).toEqual([]);
  });

  it("is right that nothing else is taken for one of them", () => {
    const names = ROWS.flatMap(({ name }) => [
      `MY_${name.replace("*", "X")}`,
      ...(name.endsWith("*") ? [] : [`${name}_OF_MINE`]),
    ]);
    expect(names.filter(isStartup)).toEqual([]);
  });

  it("names as allowed what is allowed", () => {
    const allowed = DOCUMENT.split("Not here,")[1]?.split("\n## ")[0] ?? "";
    const names = [...allowed.matchAll(/`(\w+)(\*?)`/g)].map(([, name, rest]) => `${name}${rest ? "X" : ""}`);
    expect(names.length).toBeGreaterThan(15);
    expect(names.filter((name) => !checkExpandedName(name).ok)).toEqual([]);
  });
});

it("takes any letters, digits and underscores that begin with a letter", () => {
  const listed = new RegExp(`^(?:${ANY_CASE.map(({ name }) => name.replace("*", ".*")).join("|")})$`, "i");
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][A-Za-z0-9_]{0,30}$/), (name) => {
      fc.pre(!listed.test(name));
      expect(checkExpandedName(name)).toEqual(success(undefined));
    }),
  );
});

it("never takes a character that a shell could not export", () => {
  const odd = anyText.filter((text) => /\W/.test(text));
  fc.assert(
    fc.property(fc.string(), odd, fc.string(), (before, middle, after) => {
      expect(checkName(before + middle + after)).toMatchObject({ error: { code: "InvalidName" } });
    }),
  );
});

it("never lets a wildcard set what an entry may not", () => {
  const likely = fc.constantFrom(...RESERVED, ...OWN, ...STARTUP, ...ORDINARY);
  fc.assert(
    fc.property(fc.oneof(likely, fc.string()), fc.oneof(fc.constant(""), fc.string()), (name, suffix) => {
      if (checkName(name + suffix).ok) return;
      expect(checkExpandedName(name + suffix).ok).toBe(false);
    }),
  );
});

function isStartup(name: string): boolean {
  return unwrap(checkExpandedName(name))?.code === "StartupName";
}

function words(text: string): string[] {
  return text.split(/\s+/);
}

type Row = { name: string; reader: string; effect: string; source: string };

/** The rows of the document's tables. */
function documented(tables: string): Row[] {
  const rows = [...tables.matchAll(/^\| `([^`]+)` \| (.+) \| (.+) \| (.+) \|$/gm)];
  return rows.map(([, name = "", reader = "", effect = "", source = ""]) => ({ name, reader, effect, source }));
}

/** The names of a list, as the document writes them. */
function listed(lines: string[]): string[] {
  return words(lines.join(" ")).map((each) => each.replace(".*", "*"));
}
