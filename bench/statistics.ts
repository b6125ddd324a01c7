export function median(sample: number[]): number {
  return quantile(sample, 0.5);
}

/** The bounds of a sample's middle half. */
export function quartiles(sample: number[]): [lower: number, upper: number] {
  return [quantile(sample, 0.25), quantile(sample, 0.75)];
}

function quantile(sample: number[], share: number): number {
  const sorted = sample.toSorted((a, b) => a - b);
  const position = (sorted.length - 1) * share;
  const below = sorted[Math.floor(position)] ?? Number.NaN;
  const above = sorted[Math.ceil(position)] ?? Number.NaN;
  return below + (above - below) * (position % 1);
}
