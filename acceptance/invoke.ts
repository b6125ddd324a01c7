import { InvokeCommand, type LambdaClient, waitUntilFunctionActiveV2 } from "@aws-sdk/client-lambda";
import type { Answer, Deployed } from "./deployed.ts";

/** Seconds, for a function to be ready: one in a VPC waits for its network interfaces. */
export const READY_S = 600;

/** Invokes a function as soon as it is ready. `log` is the end of what it has logged. */
export async function invoke(lambda: LambdaClient, deployed: Deployed): Promise<Answer & { log: string }> {
  const target = { FunctionName: deployed.function, Qualifier: deployed.qualifier };
  await waitUntilFunctionActiveV2({ client: lambda, maxWaitTime: READY_S }, target);
  const {
    Payload,
    FunctionError,
    LogResult = "",
  } = await lambda.send(new InvokeCommand({ ...target, LogType: "Tail", Payload: "{}" }));
  return {
    payload: JSON.parse(Buffer.from(Payload ?? []).toString() || "null"),
    error: FunctionError !== undefined,
    log: Buffer.from(LogResult, "base64").toString(),
  };
}
