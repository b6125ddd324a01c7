/** One thing that keeps the function from starting. Texts hold names, never a secret's value. */
export type Fault = Cause & {
  /** The variable, wildcard, list entry or setting, as the user wrote it. */
  subject: string;
  /** The secret's name or ARN: for the log only. */
  secret?: string;
  /** The variable where the entry does not name it, and a key or parameter does: for the log only. */
  variable?: string;
  /** The file it is written in, with line and column where there are any: for the log only. */
  place?: string;
};

/** Why it failed and what to do about it. */
export type Cause = {
  /** Stable name, as in the README's table of failures. */
  code: string;
  /** What is wrong, fit for the function's caller: no ARN, no account. A clause without a full stop. */
  cause: string;
  /** What to change: one or more full sentences. */
  remedy: string;
  /** What the service said, word for word. */
  detail?: string;
  /** How often the call was tried, where that was more than once. */
  tries?: number;
  /** True where the secret, its version or its key is not there: what `optional` and `default` forgive. */
  missing?: true;
};

/** Every fault that was found. */
export type FaultReport = {
  /** In the form that Lambda accepts: `Runtime.` and a word. */
  type: "Runtime.InvalidSecretsConfiguration" | "Runtime.SecretsUnavailable";
  faults: Fault[];
};

/** What nobody foresaw. Not the error's message: nobody has vouched that it holds no value. */
export function internalError(error: unknown): FaultReport {
  const name = error instanceof Error && /^\w+$/.test(error.name) ? error.name : "unknown error";
  const fault: Fault = {
    subject: "secrets-wrapper",
    code: "InternalError",
    cause: `unexpected ${name}`,
    remedy: "This is a bug in secrets-wrapper: please report it.",
  };
  return { type: "Runtime.SecretsUnavailable", faults: [fault] };
}

/** Quotes a name for a message; control characters come out escaped. */
export function quote(name: string): string {
  return JSON.stringify(name.length > 200 ? `${name.slice(0, 200)}…` : name);
}
