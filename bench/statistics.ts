export function median(sample: number[]): number {
  return quantile(sample, 0.5);
}

/** A sample's middle, and the bounds of its middle half. */
export type Spread = { median: number; lower: number; upper: number };

export function toSpread(sample: number[]): Spread {
  return { median: median(sample), lower: quantile(sample, 0.25), upper: quantile(sample, 0.75) };
}

/** A sample's median and its middle half. */
export function describe(sample: number[], digits = 1): string {
  return describeSpread(toSpread(sample), digits);
}

export function describeSpread(spread: Spread, digits = 1): string {
  const [middle, lower, upper] = [spread.median, spread.lower, spread.upper].map((number) => number.toFixed(digits));
  return `${middle} (${lower}–${upper})`;
}

/** The median of what each round gives, so that a slow moment of the machine, which hits both, does not count. */
export function pairedRatio(sample: number[], other: number[]): number {
  return median(sample.map((value, round) => value / (other[round] ?? Number.NaN)));
}

function quantile(sample: number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
