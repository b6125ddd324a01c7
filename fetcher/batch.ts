/**
 * Puts calls that are made at the same time together, `size` at the most, and none with an equal `keyOf` in one.
 * `call` gives an answer for each item, in order; if it rejects, each of its items does.
 */
export function batch<Item, Answer>(
  call: (items: Item[]) => Promise<Answer[]>,
  size: number,
  keyOf: (item: Item) => string,
): (item: Item) => Promise<Answer> {
  let waiting: Waiting<Item, Answer>[] = [];

  async function flush(): Promise<void> {
    // After everything that is ready to call has called.
    await Promise.resolve();
    const groups = split(waiting, size, ({ item }) => keyOf(item));
    waiting = [];
    for (const group of groups) void send(group, call);
  }

  return (item) =>
    new Promise((resolve, reject) => {
      waiting.push({ item, resolve, reject });
      if (waiting.length === 1) void flush();
    });
}

type Waiting<Item, Answer> = { item: Item; resolve(answer: Answer): void; reject(error: unknown): void };

async function send<Item, Answer>(group: Waiting<Item, Answer>[], call: (items: Item[]) => Promise<Answer[]>) {
  try {
    const answers = await call(group.map(({ item }) => item));
    answers.forEach((answer, index) => {
      group[index]?.resolve(answer);
    });
  } catch (error) {
    for (const { reject } of group) reject(error);
  }
}

/** The n-th item of one key is in the n-th round. */
function split<T>(items: T[], size: number, keyOf: (item: T) => string): T[][] {
  const rounds: T[][] = [];
  const seen = new Map<string, number>();
  for (const item of items) {
    const key = keyOf(item);
    const round = seen.get(key) ?? 0;
    seen.set(key, round + 1);
    if (rounds.length === round) rounds.push([]);
    rounds[round]?.push(item);
  }
  return rounds.flatMap((round) => chunk(round, size));
}

function chunk<T>(items: T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, index) =>
    items.slice(index * size, (index + 1) * size),
  );
}
