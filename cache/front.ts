import type { Answer } from "./http/answer.ts";
import type { Answerer } from "./http/server.ts";

/** Lets requests wait until there is something that answers them. */
export type Front = {
  answer: Answerer;
  open(answer: Answerer): void;
  /** Until it is opened, a request waits so many milliseconds, and is then refused. */
  refuseAfter(ms: number, refusal: Answer): void;
};

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
    refuseAfter(ms, refusal) {
      current = (request) =>
        Promise.race([
          opened.then((answer) => answer(request)),
          new Promise<Answer>((settle) => setTimeout(() => settle(refusal), ms)),
        ]);
    },
  };
}
