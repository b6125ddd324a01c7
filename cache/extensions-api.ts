import type { FaultReport, Problem } from "../core/fault/fault.ts";
import { toPublicMessage } from "../core/fault/report.ts";
import { failure, type Result, success } from "../core/fault/result.ts";
import { type HttpResponse, isHttpError } from "../core/host/engine-api.ts";

/** What Lambda tells an extension. */
export type LambdaEvent = "INVOKE" | "SHUTDOWN";

/** Lambda's Extensions API, of version 2020-01-01. */
export type ExtensionsApi = {
  /** Lambda starts the function's runtime when all extensions have registered. Gives what this one will hear of. */
  register(): Promise<Result<LambdaEvent[], Problem>>;
  /** Waits for the next event: the environment may be frozen meanwhile. */
  next(): Promise<Result<LambdaEvent, Problem>>;
  /** Tells the function's caller why there is nothing to invoke. Never rejects. */
  initError(report: FaultReport): Promise<void>;
};

/** `runtimeApi`: host and port, as in AWS_LAMBDA_RUNTIME_API. `name`: of the file in /opt/extensions. */
export function extensionsApi(runtimeApi: string, name: string): ExtensionsApi {
  let identifier = "";

  const call = (path: string, body?: object, headers = {}, timeoutMs = CALL_MS) =>
    httpRequest({
      method: body ? "POST" : "GET",
      url: `http://${runtimeApi}/2020-01-01/extension/${path}`,
      headers: { ...(identifier && { "lambda-extension-identifier": identifier }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
      timeoutMs,
    });

  async function register() {
    const accepted = await registerFor(["INVOKE", "SHUTDOWN"]);
    // Where invocations are concurrent, as on Managed Instances, Lambda tells nobody of them.
    return accepted.ok ? accepted : await registerFor(["SHUTDOWN"]);
  }

  async function registerFor(events: LambdaEvent[]): Promise<Result<LambdaEvent[], Problem>> {
    const answer = await attempt(() => call("register", { events }, { "lambda-extension-name": name }));
    if (!answer.ok) return answer;
    identifier = answer.value.headers["lambda-extension-identifier"] ?? "";
    return success(events);
  }

  async function next(): Promise<Result<LambdaEvent, Problem>> {
    const answer = await attempt(() => call("event/next", undefined, {}, FOREVER_MS));
    if (!answer.ok) return answer;
    const { eventType } = JSON.parse(new TextDecoder().decode(answer.value.body));
    return success(eventType === "SHUTDOWN" ? "SHUTDOWN" : "INVOKE");
  }

  async function initError(report: FaultReport): Promise<void> {
    const type = report.type.replace("Runtime.", "Extension.");
    const body = { errorType: type, errorMessage: toPublicMessage(report), stackTrace: [] };
    await attempt(() => call("init/error", body, { "lambda-extension-function-error-type": type }));
  }

  return { register, next, initError };
}

/** A registration is one request to this machine. */
const CALL_MS = 2000;
/** The longest that a timer takes: 24 days. */
const FOREVER_MS = 2 ** 31 - 1;

async function attempt(send: () => Promise<HttpResponse>): Promise<Result<HttpResponse, Problem>> {
  try {
    const answer = await send();
    return answer.status < 300 ? success(answer) : failure(refused(`status ${answer.status}`));
  } catch (error) {
    return failure(refused(isHttpError(error) ? error.code : "unknown error"));
  }
}

function refused(why: string): Problem {
  return {
    code: "ExtensionFailed",
    cause: `Lambda's Extensions API does not answer as it should (${why})`,
    remedy: "Lambda starts /opt/extensions/secrets-wrapper by itself: start it in no other way.",
  };
}
