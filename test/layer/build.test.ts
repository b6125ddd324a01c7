import { existsSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import { type Checkout, copyOfCheckout, pathOf } from "../support/checkout.ts";
import { run } from "../support/run.ts";

describe("npm run build, where it cannot make the layer,", () => {
  let checkout: Checkout;
  beforeAll(() => {
    checkout = copyOfCheckout();
  });
  afterAll(() => checkout.remove());

  it.each<[what: string, programs: Record<string, string>, cause: string]>([
    ["Rust", {}, "there is no Rust (cargo) on this machine"],
    ["rustup", { cargo: "exit 0" }, "rustup cannot add the target "],
    ["the target for musl", { cargo: "exit 0", rustup: "exit 1" }, "rustup cannot add the target "],
    ["Python", { cargo: "exit 0", rustup: "exit 0" }, "cargo-zigbuild cannot be installed from PyPI with python3"],
    [
      "PyPI",
      { cargo: "exit 0", rustup: "exit 0", python3: "exit 1" },
      "cargo-zigbuild cannot be installed from PyPI with python3",
    ],
  ])("fails without %s, and says what to install", async (_, programs, cause) => {
    const env = { ...checkout.env, PATH: pathOf(checkout.home, programs) };
    const build = ["--import", "tsx", join(checkout.root, "layer", "build.ts")];
    const { status, stdout, stderr } = await run(process.execPath, build, env);
    expect([status, String(stdout)]).toEqual([1, ""]);
    expect(stderr).toContain(`The layers were not built: ${cause}`);
    expect(stderr).toMatch(
      /https:\/\/rustup\.rs\) with the target \w+-unknown-linux-musl, and Python 3 .* cargo-zigbuild from PyPI\.\n$/,
    );
    expect(existsSync(join(checkout.root, "dist"))).toBe(false);
  });

  it("fails at an architecture that Lambda does not have, and leaves what was built", async () => {
    mkdirSync(join(checkout.root, "dist"));
    const build = ["--import", "tsx", join(checkout.root, "layer", "build.ts"), "--arch", "aarch64"];
    const { status, stderr } = await run(process.execPath, build, { ...checkout.env, PATH: pathOf(checkout.home) });
    expect([status, stderr]).toEqual([
      1,
      'The layers were not built: --arch is x86_64, arm64 or all, not "aarch64".\n',
    ]);
    expect(existsSync(join(checkout.root, "dist"))).toBe(true);
  });
});
