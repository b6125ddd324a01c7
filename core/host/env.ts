/** Environment variables by name. */
export type Env = Readonly<Record<string, string | undefined>>;

/** Whether Lambda makes a snapshot of this environment after its init. */
export function isSnapStart(env: Env): boolean {
  return env.AWS_LAMBDA_INITIALIZATION_TYPE === "snap-start";
}
