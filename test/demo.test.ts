import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { type Checkout, copyOfCheckout, pathOf } from "./support/checkout.ts";
import { run } from "./support/run.ts";

describe("npm run demo, with nothing but Node,", () => {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = copyOfCheckout();
  });
  afterAll(() => checkout.remove());

  /** The demo with these arguments, and with these variables beside those that a machine with nothing but Node has. */
  function demo(args: string[] = [], variables: Record<string, string> = {}) {
    const env = { ...checkout.env, PATH: pathOf(checkout.home), ...variables };
    return run(process.execPath, ["--import", "tsx", join(checkout.root, "demo", "demo.ts"), ...args], env);
  }

  it("starts programs through a build of its own, of which nothing stays", async () => {
    const { status, stdout, stderr } = await demo();
    expect([status, stderr]).toEqual([0, expect.stringContaining("there is no Rust (cargo) on this machine")]);
    expect(String(stdout)).toMatch(/ DB_PASSWORD .* ✓ exact {3}✓ exact {3}prod\/db, key password\n/);
    expect(existsSync(join(checkout.root, "dist"))).toBe(false);
    expect(readdirSync(checkout.tmp).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
  });
});
