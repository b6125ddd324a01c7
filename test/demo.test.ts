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
    expect(String(stdout)).toContain(`Times on Node ${process.version}, for development, not on the layer's engine`);
    expect(existsSync(join(checkout.root, "dist"))).toBe(false);
    expect(readdirSync(checkout.tmp).filter((name) => !name.startsWith("tsx-"))).toEqual([]);
  });

  it("shows its values, newlines and quotes as in JSON", async () => {
    const stdout = String((await demo()).stdout);
    expect(stdout).toMatch(/ API_TOKEN {5}"tok_4f9a81c2e7\\n" .* ✓ exact /);
    expect(stdout).toMatch(/ PG_password {3}"pä\$\$ `w0rd` \\"'" .* ✓ exact /);
    expect(stdout).not.toContain("•");
  });

  it.each([
    ["--brake", "Unknown option '--brake'"],
    ["--break=all", "Option '--break' does not take an argument"],
    ["break", "Unexpected argument 'break'. This command does not take positional arguments"],
  ])("refuses %s, names what there is, and starts nothing", async (argument, message) => {
    const { status, stdout, stderr } = await demo([argument]);
    expect([status, String(stdout)]).toEqual([2, ""]);
    expect(stderr).toBe(`${message}. The only option is --break: npm run demo -- --break\n`);
  });

  it("shows mistakes with --break", async () => {
    const { status, stdout } = await demo(["--break"]);
    expect([status, String(stdout)]).toEqual([0, expect.stringMatching(/SECRETS has three mistakes:/)]);
  });

  it("shows them without npm's dashes too", async () => {
    const env = { ...checkout.env, PATH: `${pathOf(checkout.home, { cargo: "exit 1" })}:${process.env.PATH}` };
    const npm = ["--prefix", checkout.root, "run", "--silent", "demo", "--break"];
    const { status, stdout } = await run("npm", npm, env);
    expect([status, String(stdout)]).toEqual([0, expect.stringMatching(/SECRETS has three mistakes:/)]);
  });
});
