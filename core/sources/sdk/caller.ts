import type { Command, MetadataBearer, MiddlewareStack } from "@smithy/types";
import type { Deadline } from "../../host/deadline.ts";
import { memoize } from "../../host/memoize.ts";

/** A client of the SDK. */
type SdkClient<I extends object, O extends MetadataBearer, Config> = {
  middlewareStack: MiddlewareStack<I, O>;
  config: Config;
};

/** A class of the SDK's commands. */
type CommandOf<I extends object, In extends I, O extends MetadataBearer, Out extends O, Config> = new (
  input: In,
) => Command<I, In, O, Out, Config>;

/**
 * Calls one operation of a client. What the SDK prepares for each command is prepared once for all calls with one
 * deadline, as it would with `cacheMiddleware`, which leaves no way to pass a deadline.
 */
export function caller<I extends object, In extends I, O extends MetadataBearer, Out extends O, Config>(
  client: SdkClient<I, O, Config>,
  Operation: CommandOf<I, In, O, Out, Config>,
): (input: In, deadline: Deadline) => Promise<Out> {
  // The SDK's logger copies every input and output, for a log that a client here does not have.
  client.middlewareStack.remove("loggerMiddleware");
  const handlerFor = memoize((deadline: Deadline) =>
    // Which input a call has, its handler is told.
    new Operation({} as In).resolveMiddleware(client.middlewareStack, client.config, callOptions(deadline)),
  );
  return async (input, deadline) => (await handlerFor(deadline)({ input })).output;
}

/** The options that the SDK passes to the request handler. */
function callOptions({ remainingMs }: Deadline): { readonly requestTimeout: number } {
  return {
    // Read when the request is sent: other calls may have kept the process busy since.
    get requestTimeout() {
      return remainingMs();
    },
  };
}
