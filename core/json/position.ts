/** Gives line and column of an offset in a text, both from 1. */
export function positionsIn(text: string): (offset: number) => { line: number; column: number } {
  const starts = [0, ...[...text.matchAll(/\n/g)].map(({ index }) => index + 1)];
  return (offset) => {
    let [first, after] = [0, starts.length];
    while (after - first > 1) {
      const middle = (first + after) >> 1;
      if ((starts[middle] ?? 0) <= offset) first = middle;
      else after = middle;
    }
    return { line: first + 1, column: offset - (starts[first] ?? 0) + 1 };
  };
}
