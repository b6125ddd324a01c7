/** One thing that keeps the function from starting. Its strings contain names, never a secret's value. */
export type Fault = Problem & {
  /** The variable, wildcard, list entry or setting, as the user wrote it. */
  subject: string;
  /** The secret's name or ARN: for the log only. */
  secret?: string;
  /** The variable, if it is named by a key or parameter and not by the entry: for the log only. */
  variable?: string;
  /** The file that contains the entry, with line and column if known: for the log only. */
  location?: string;
};

/** Why it failed and what to do about it. */
export type Problem = {
  /** Stable name, a heading of docs/errors.md. */
  code: string;
  /** What is wrong, safe for the function's caller: no ARN, no account. A clause without a full stop. */
  cause: string;
  /** What to change: one or more full sentences. */
  remedy: string;
  /** The service's own message, as a JSON string. */
  detail?: string;
  /** The name and HTTP status of the service's own error. */
  service?: { error: string; status: number };
  /** The number of attempts, if more than one. */
  tries?: number;
  /** True if the secret, its version or its key does not exist: what `optional` and `default` tolerate. */
  missing?: true;
};

/** Every fault that was found. */
export type FaultReport = {
  /** In the form that Lambda accepts: `Runtime.` and a word. */
  type: "Runtime.InvalidSecretsConfiguration" | "Runtime.SecretsUnavailable";
  faults: Fault[];
};

/** An unexpected error. Its message is not passed on: it might contain a value. */
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

/** `1 fault`, `2 faults`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? "" : "s"}`;
}
