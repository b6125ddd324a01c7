import type { Answerer } from "./http/server.ts";

/** Lets requests wait until there is something that answers them; it may be replaced. */
export type Front = { answer: Answerer; open(answer: Answerer): void };

export function createFront(): Front {
  let current: Answerer | undefined;
  let resolve: (answer: Answerer) => void;
  const opened = new Promise<Answerer>((settle) => {
    resolve = settle;
  });
  return {
    answer: (request) => (current ? current(request) : opened.then((answer) => answer(request))),
    open(answer) {
      current = answer;
      resolve(answer);
    },
  };
}
