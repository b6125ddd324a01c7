import {
  GetFunctionConfigurationCommand,
  type LambdaClient,
  UpdateFunctionConfigurationCommand,
  waitUntilFunctionUpdatedV2,
} from "@aws-sdk/client-lambda";
import type { Deployed } from "./deployed.ts";
import type { Init } from "./document.ts";
import { invoke, READY_S } from "./invoke.ts";
import { parseReport } from "./report-line.ts";
import type { Outputs } from "./terraform.ts";

/** Measures cold starts, one function after the other: Lambda limits how often configurations change. */
export async function measureInits(
  lambda: LambdaClient,
  functions: Outputs["functions"],
  rounds: number,
): Promise<Init[]> {
  const inits: Init[] = [];
  for (const deployed of Object.values(functions).filter(({ use }) => use === "init"))
    inits.push({ deployed, times: await coldStarts(lambda, deployed, rounds) });
  return inits.sort((one, other) => one.deployed.memory - other.deployed.memory);
}

/** The milliseconds of init of each, as Lambda reports them. */
async function coldStarts(lambda: LambdaClient, deployed: Deployed, rounds: number): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await replaceEnvironments(lambda, deployed.function, String(round));
    const { initMs } = parseReport((await invoke(lambda, deployed)).log);
    if (initMs === undefined) throw new Error(`${deployed.function} was not started anew by a change of a variable.`);
    times.push(initMs);
  }
  return times;
}

async function replaceEnvironments(lambda: LambdaClient, name: string, round: string): Promise<void> {
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
  const variables = { ...Environment?.Variables, ROUND: round };
  await lambda.send(
    new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: { Variables: variables } }),
  );
  await waitUntilFunctionUpdatedV2({ client: lambda, maxWaitTime: READY_S }, { FunctionName: name });
}
