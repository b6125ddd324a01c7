import { functionEnv } from "../../test/support/function-env.ts";
import { BOOTSTRAP, startFunction } from "../../test/support/lambda-host.ts";
import { onMachine } from "../../test/support/root.ts";
import { lambdaEnv } from "../../test/support/run.ts";
import { invokeStarted, type Prepared } from "../../test/support/runtimes.ts";
import type { Task } from "../task.ts";

/** Puts the time at which the runtime's process begins into the log: what enters the root before it is not Lambda's. */
const STAMP = ["bash", "-c", 'echo "began $EPOCHREALTIME"; exec "$@"', "bash"];

/**
 * Starts a function, with the layer in /opt and the task's secrets or without either. Gives the milliseconds from the
 * begin of its process until it asks for its first invocation. Throws where it then has not what it should have.
 */
export async function startAndStop({ task, command, env }: Prepared, { secrets, ...store }: Task, hasLayer: boolean) {
  const wanted = hasLayer ? secrets : {};
  const references = Object.fromEntries(Object.keys(wanted).map((name) => [name, name]));
  const lambda = await startFunction({
    command,
    bootstrap: [...onMachine(task), ...STAMP, BOOTSTRAP],
    taskRoot: task,
    env: {
      ...functionEnv("/var/task"),
      ...lambdaEnv(store.url, references),
      AWS_CA_BUNDLE: store.caFile,
      ...env,
      ...(hasLayer && { AWS_LAMBDA_EXEC_WRAPPER: "/opt/wrapper" }),
    },
  });
  const ready = performance.timeOrigin + performance.now();
  try {
    const { environment } = await invokeStarted(lambda);
    const wrong = Object.keys(secrets).filter((name) => environment[name] !== wanted[name]);
    if (wrong.length > 0 || lambda.starts() > 1) throw new Error(`the function did not start well: ${lambda.log()}`);
    const began = /^began (\d+\.\d+)$/m.exec(lambda.log())?.[1];
    return ready - Number(began) * 1000;
  } finally {
    await lambda.stop();
  }
}
