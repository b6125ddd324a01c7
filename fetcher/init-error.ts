import type { FaultReport } from "../core/fault/fault.ts";
import { toPublicMessage } from "../core/fault/report.ts";

/**
 * Tells Lambda why the function does not start; its caller then sees type and message.
 * `runtimeApi` is host and port, as in AWS_LAMBDA_RUNTIME_API. Never rejects: the log has it all.
 */
export async function postInitError(runtimeApi: string, error: FaultReport): Promise<void> {
  try {
    await httpRequest({
      method: "POST",
      url: `http://${runtimeApi}/2018-06-01/runtime/init/error`,
      headers: {
        "content-type": "application/vnd.aws.lambda.error+json",
        "lambda-runtime-function-error-type": error.type,
      },
      body: JSON.stringify({ errorType: error.type, errorMessage: toPublicMessage(error), stackTrace: [] }),
      timeoutMs: TIMEOUT_MS,
    });
  } catch {
    // The process is about to exit with a failure in any case.
  }
}

const TIMEOUT_MS = 1000;
