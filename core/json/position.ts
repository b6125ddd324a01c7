/** Gives line and column of an offset in a text, both from 1. Fastest for offsets that grow. */
export function positionsIn(text: string): (offset: number) => { line: number; column: number } {
  let line = 1;
  let start = 0;
  let next = startAfter(text, 0);
  return (offset) => {
    if (offset < start) [line, start, next] = [1, 0, startAfter(text, 0)];
    while (next <= offset) [line, start, next] = [line + 1, next, startAfter(text, next)];
    return { line, column: offset - start + 1 };
  };
}

/** Where the next line starts. */
function startAfter(text: string, offset: number): number {
  const end = text.indexOf("\n", offset);
  return end < 0 ? Number.POSITIVE_INFINITY : end + 1;
}
