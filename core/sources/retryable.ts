import { type HttpError, isHttpError } from "../host/engine-api.ts";
import type { Retryable } from "./retry.ts";

/** Whether a failed call may succeed when retried. */
export function retryableError(error: unknown): Retryable | undefined {
  if (isHttpError(error)) return isTransient(error) ? "transient" : undefined;
  if (isThrottling(error)) return "throttled";
  const { $metadata } = Object(error) as SdkError;
  const mayPass = statusOf(error) >= 500 || TRANSIENT_NAMES.test(nameOf(error)) || $metadata?.clockSkewCorrected;
  return mayPass ? "transient" : undefined;
}

/** A proxy's own refusal stays; what it fails at may pass. */
function isTransient({ code, status = 0 }: HttpError): boolean {
  return TRANSIENT_CODES.has(code) || status >= 500 || status === 429;
}

/** Whether a service throttled a call. */
export function isThrottling(error: unknown): boolean {
  return THROTTLING_NAMES.test(nameOf(error)) || statusOf(error) === 429;
}

/** The HTTP status of the response that made the SDK throw; 0 without one. */
export function statusOf(error: unknown): number {
  const { $metadata, $response } = Object(error) as SdkError;
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
}

/** What the SDK throws: `$metadata` for a service error, `$response` for a response that it could not parse. */
type SdkError = {
  name?: unknown;
  $metadata?: { httpStatusCode?: number; clockSkewCorrected?: boolean };
  $response?: { statusCode?: number };
};

function nameOf(error: unknown): string {
  return String((Object(error) as SdkError).name);
}

/** Connections that failed or broke. Not a host name that does not exist, nor an untrusted certificate. */
const TRANSIENT_CODES = new Set([
  "EADDRNOTAVAIL",
  "EAI_AGAIN",
  "ECONNABORTED",
  "ECONNREFUSED",
  "ECONNRESET",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "EPIPE",
  "ETIMEDOUT",
]);
const TRANSIENT_NAMES =
  /^(?:Internal(?:Service|Server)Error|RequestTimeout(?:Exception)?|ServiceUnavailable(?:Exception)?)$/;
const THROTTLING_NAMES =
  /^(?:Throttl.*|LimitExceededException|PriorRequestNotComplete|ProvisionedThroughputExceededException|RequestLimitExceeded|RequestThrottled.*|SlowDown|TooManyRequestsException)$/;
