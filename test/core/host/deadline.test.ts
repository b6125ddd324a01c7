import { setTimeout as sleep } from "node:timers/promises";
import { startDeadline } from "../../../core/host/deadline.ts";

it("counts down from all the time there is", async () => {
  const deadline = startDeadline(5000);
  const first = deadline.remainingMs();
  expect(first).toBeLessThanOrEqual(5000);
  expect(first).toBeGreaterThan(4000);
  await sleep(50);
  const passed = first - deadline.remainingMs();
  expect(passed).toBeGreaterThanOrEqual(45);
  expect(passed).toBeLessThan(1000);
  expect(deadline.totalMs).toBe(5000);
});

it("ends at zero, and not below", async () => {
  const deadline = startDeadline(10);
  await sleep(30);
  expect(deadline.remainingMs()).toBe(0);
});
