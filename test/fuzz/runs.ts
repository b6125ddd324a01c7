/** FUZZ_RUNS is the number of all cases; FUZZ_SEED repeats the one that a failure has printed. */
const CASES = Number(process.env.FUZZ_RUNS ?? 100_000);

export function runs(share: number): { numRuns: number; seed?: number } {
  const { FUZZ_SEED } = process.env;
  return { numRuns: Math.ceil(CASES * share), ...(FUZZ_SEED && { seed: Number(FUZZ_SEED) }) };
}
