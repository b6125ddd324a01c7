/** The result of an operation that may fail as expected. Unexpected errors are thrown. */
export type Result<T, E> = { ok: true; value: T } | { ok: false; error: E };

export function success<T>(value: T): { ok: true; value: T } {
  return { ok: true, value };
}

export function failure<E>(error: E): { ok: false; error: E } {
  return { ok: false, error };
}

/** All values, or the first error. */
export function collect<R extends Result<unknown, unknown>[]>(results: [...R]): Result<Values<R>, ErrorOf<R[number]>> {
  const values: unknown[] = [];
  for (const result of results) {
    if (!result.ok) return failure(result.error as ErrorOf<R[number]>);
    values.push(result.value);
  }
  return success(values as Values<R>);
}

type Values<R extends Result<unknown, unknown>[]> = { [I in keyof R]: Extract<R[I], { ok: true }>["value"] };
type ErrorOf<R> = R extends { ok: false; error: infer E } ? E : never;
