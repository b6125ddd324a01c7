import { GetParameterCommand, SSMClient } from "@aws-sdk/client-ssm";
import { PARAMETER_STORE } from "../../core/config/service.ts";
import { failure, success } from "../../core/fault/result.ts";
import { noValue } from "../../core/sources/decode.ts";
import { parameterStore, toFetched, toName } from "../../core/sources/parameter-store.ts";
import { caller } from "../../core/sources/sdk/caller.ts";
import { type Client, type ClientContext, clientConfig } from "../../core/sources/sdk/client-config.ts";
import { isSingleParameter } from "./on-demand.ts";

/** Parameter Store, with single parameters too. */
export function parameterStoreWithSingle(region: string, context: ClientContext): Client {
  const listed = parameterStore(region, context);
  const getParameter = caller(new SSMClient(clientConfig(PARAMETER_STORE, region, context)), GetParameterCommand);
  return async (group, call) => {
    const [first] = group;
    if (!isSingleParameter(first)) return await listed(group, call);
    const input = { Name: toName(first), WithDecryption: first.decrypted };
    const { Parameter } = await call.retry(() => getParameter(input, call.deadline));
    const value = Parameter?.Value;
    return [typeof value === "string" ? success(toFetched(Parameter ?? {}, value)) : failure(noValue(PARAMETER_STORE))];
  };
}
