import type { LocatedReference } from "../../config/plan.ts";
import { type Service, serviceOf } from "../../config/service.ts";
import type { Problem } from "../../fault/fault.ts";
import { isHttpError } from "../../host/engine-api.ts";
import { isThrottling, statusOf } from "../retryable.ts";
import { explainCredentials } from "./explain-credentials.ts";
import { explainHttpError } from "./explain-http.ts";
import { explainServiceError, type ServiceError } from "./explain-service-error.ts";

/** Explains why a request failed, and says what to change. */
export function explainError(error: unknown, request: LocatedReference, timeoutMs: number): Problem {
  const service = serviceOf(request);
  if (isHttpError(error)) return explainHttpError(error, service, request.region, timeoutMs);
  const serviceError = toServiceError(error);
  if (!serviceError) return invalidAnswer(error, service);
  const { message } = serviceError;
  const credentials = explainCredentials(serviceError, request);
  // Not the service's sentence: it may quote the canonical request, with the session token in it.
  if (credentials) return credentials;
  const { name, status } = serviceError;
  const problem = { ...explainServiceError(serviceError, request), service: { error: name, status } };
  // It contains names and, at most, the principal that was denied.
  const isQuotable = message !== "" && !/security-token/i.test(message);
  return isQuotable ? { ...problem, detail: JSON.stringify(message.slice(0, MAX_DETAIL)) } : problem;
}

/** A response may contain any type in place of a message. */
function toServiceError(error: unknown): ServiceError | undefined {
  if (!(error instanceof Error) || !("$fault" in error) || error.name === "SyntaxError") return undefined;
  const [name, message] = [error.name, error.message].map((field: unknown) => (typeof field === "string" ? field : ""));
  return { name: name ?? "", message: message ?? "", status: statusOf(error), isThrottling: isThrottling(error) };
}

/** A denial names the role, the action, the resource and, last, the kind of policy. */
const MAX_DETAIL = 1000;

/** Neither the response nor the parser's message, which quotes it, is passed on. */
function invalidAnswer(error: unknown, service: Service): Problem {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : "unknown error";
  const status = statusOf(error);
  return {
    code: "InvalidAnswer",
    cause: `the response is not a valid ${service.name} response (${status ? `status ${status}` : name})`,
    remedy: `A proxy or firewall may have answered instead: check it, and check AWS_ENDPOINT_URL and ${service.endpointVariable}, if set.`,
  };
}
