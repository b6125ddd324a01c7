/** A function that is deployed, as the output `functions` of examples/acceptance has it. */
export type Deployed = {
  /** Whether it is to find its values, to fail without a route, or to have its init measured. */
  use: "values" | "no-route" | "init";
  function: string;
  qualifier: string;
  runtime: string;
  architecture: "x86_64" | "arm64";
  /** MB. */
  memory: number;
  layer: boolean;
  snap_start: boolean;
};

/** What a function has answered. `error`: it has failed, and the payload is Lambda's description of that. */
export type Answer = { payload: unknown; error: boolean };

/** The SHA-256 of a variable's value, by name: null where it is not to be set. */
export type Hashes = Record<string, string | null>;
