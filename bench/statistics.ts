export function median(sample: number[]): number {
  return quantile(sample, 0.5);
}

/** The bounds of a sample's middle half. */
export function quartiles(sample: number[]): [lower: number, upper: number] {
  return [quantile(sample, 0.25), quantile(sample, 0.75)];
}

/** A sample's median and its middle half. */
export function describe(sample: number[], digits = 1): string {
  const [middle, lower, upper] = [median(sample), ...quartiles(sample)].map((number) => number.toFixed(digits));
  return `${middle} (${lower}–${upper})`;
}

function quantile(sample: number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
