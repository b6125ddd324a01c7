import { createFront } from "../../cache/front.ts";
import { text } from "../../cache/http/answer.ts";

const request = { method: "GET", url: "/", headers: {} };
const refusal = text("refused");

it("lets a request wait until there is an answer, and answers at once from then on", async () => {
  const front = createFront();
  const waiting = front.answer(request);
  front.open(() => text("a"));
  expect(await waiting).toEqual(text("a"));
  expect(front.answer(request)).toEqual(text("a"));
});

it("refuses a request that has waited long enough", async () => {
  const front = createFront();
  front.refuseAfter(10, refusal);
  expect(await front.answer(request)).toEqual(refusal);
});

it("answers a request that was a little early", async () => {
  const front = createFront();
  front.refuseAfter(2000, refusal);
  const early = front.answer(request);
  front.open(() => text("a"));
  expect(await early).toEqual(text("a"));
});
