import type { ParameterReference, SecretReference } from "./references.ts";

/** What SECRETS says, with constructs where it has names: by variable or wildcard, as a list, or in ECS's form. */
export type Secrets =
  | { readonly [variable: string]: Entry }
  | readonly Entry[]
  | readonly { readonly name: string; readonly valueFrom: string }[];

/** What one variable or wildcard gets. */
export type Entry = SecretReference | ParameterReference | SecretOptions | ParameterOptions;

export interface SecretOptions extends EntryOptions {
  readonly secret: SecretReference;
  /** `x509-svid`: a SPIRE identity, whose files go into the folder `file`. */
  readonly format?: "x509-svid";
}

export interface ParameterOptions extends EntryOptions {
  readonly parameter: ParameterReference;
}

/** The options of both, as in SECRETS. */
export interface EntryOptions {
  /** The JSON key whose value is used: any text, with colons or without. */
  readonly key?: string;
  /** Whether the function starts without it where it does not exist. */
  readonly optional?: boolean;
  /** The value where it does not exist. */
  readonly default?: string;
  /** `base64` encodes a string; `utf8` decodes binary. */
  readonly encoding?: "base64" | "utf8";
  /** The file to write, relative to /tmp/secrets-wrapper; the variable holds its path. */
  readonly file?: string;
  /** The file's permissions: `0600`, `0640`, `0400` or `0440`. */
  readonly mode?: string;
  /** How a wildcard or list entry names its variables. */
  readonly names?: "exact" | "upper";
  /** Seconds that the live cache serves the value without a call. */
  readonly ttl?: number;
}
