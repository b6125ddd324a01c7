import { isHttpError } from "../host/engine-api.ts";
import type { Retryable } from "./retry.ts";

/** Whether a failed call may succeed when it is made again. */
export function retryableError(error: unknown): Retryable | undefined {
  if (isHttpError(error)) return TRANSIENT_CODES.has(error.code) ? "transient" : undefined;
  if (isThrottling(error)) return "throttled";
  const { $metadata } = Object(error) as SdkError;
  const isTransient = statusOf(error) >= 500 || TRANSIENT_NAMES.test(nameOf(error)) || $metadata?.clockSkewCorrected;
  return isTransient ? "transient" : undefined;
}

/** Whether a service has refused a call because there were too many. */
export function isThrottling(error: unknown): boolean {
  return THROTTLING_NAMES.test(nameOf(error)) || statusOf(error) === 429;
}

/** The status of the answer that made the SDK throw; 0 without one. */
export function statusOf(error: unknown): number {
  const { $metadata, $response } = Object(error) as SdkError;
  return $metadata?.httpStatusCode ?? $response?.statusCode ?? 0;
}

/** What the SDK throws: `$metadata` for an error of the service, `$response` for an answer that it could not read. */
type SdkError = {
  name?: unknown;
  $metadata?: { httpStatusCode?: number; clockSkewCorrected?: boolean };
  $response?: { statusCode?: number };
};

function nameOf(error: unknown): string {
  return String((Object(error) as SdkError).name);
}

/** Connections that broke or could not be made. Not a name that does not exist, nor a certificate. */
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
