import type { Fault } from "../../core/fault/fault.ts";

/** A code, a clause without a full stop, and full sentences that say what to do. */
const COMPLETE = {
  code: expect.stringMatching(/^[A-Z]\w+$/),
  cause: expect.stringMatching(/[^.]$/),
  remedy: expect.stringMatching(/\.$/),
};

/** Every fault says whom it concerns, and is complete. */
export function expectComplete(faults: Fault[]): void {
  for (const fault of faults) expect(fault).toMatchObject({ ...COMPLETE, subject: expect.any(String) });
}

/** There are exactly these faults, with these words in cause and remedy. */
export function expectFaults(faults: Fault[], ...expected: [subject: string, ...Words][]): void {
  expectComplete(faults);
  expect(faults).toMatchObject(expected.map(([subject, ...words]) => ({ subject, ...told(words) })));
}

/** It is a cause with these words. */
export function expectProblem(cause: unknown, ...words: Words): void {
  expect(cause).toMatchObject(COMPLETE);
  expect(cause).toMatchObject(told(words));
}

type Words = [code: string, cause: RegExp, remedy: RegExp];

function told([code, cause, remedy]: Words) {
  return { code, cause: expect.stringMatching(cause), remedy: expect.stringMatching(remedy) };
}
