import type { Result } from "../../core/fault/result.ts";

/** The value of a success, the error of a failure. */
export function unwrap<T, E>(result: Result<T, E>): T | E {
  return result.ok ? result.value : result.error;
}
