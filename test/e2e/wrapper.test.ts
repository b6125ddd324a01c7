import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPERS } from "../support/trees.ts";

const SHOW_TOKEN = ["sh", "-c", 'printf "%s %s" "$TOKEN" "$*"', "sh", "a b", ""];

describe.each(WRAPPERS)("the script on %s finds its engine", (_, wrapper) => {
  let store: Store;
  let folder: string;
  let layer: string;
  beforeAll(async () => {
    store = await startStore({ "prod/token": "value" });
    folder = mkdtempSync(join(tmpdir(), "wrapper script-"));
    layer = join(folder, "opt of mine");
    cpSync(join(wrapper, ".."), layer, { recursive: true });
    symlinkSync(join(layer, "wrapper"), join(folder, "link"));
    symlinkSync("link", join(folder, "link to link"));
    mkdirSync(join(folder, "bin"));
    symlinkSync("../opt of mine/wrapper", join(folder, "bin", "secrets"));
    symlinkSync("opt of mine", join(folder, "opt"));
  });
  afterAll(() => {
    store.close();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ["by its path", '"$0/opt of mine/wrapper" "$@"'],
    ["by a relative path", 'cd "$0" && "opt of mine/wrapper" "$@"'],
    ["in the current folder", 'cd "$0/opt of mine" && ./wrapper "$@"'],
    ["by its name given to a shell", 'cd "$0/opt of mine" && sh wrapper "$@"'],
    ["by its path given to a shell", 'sh "$0/opt of mine/wrapper" "$@"'],
    ["by its path given to bash", 'bash "$0/opt of mine/wrapper" "$@"'],
    ["through a link", '"$0/link" "$@"'],
    ["through a link to a link", '"$0/link to link" "$@"'],
    ["through a relative link, found in PATH", 'PATH="$0/bin:$PATH" secrets "$@"'],
    ["through a link given to a shell", 'cd "$0" && sh link "$@"'],
    ["through a link to its folder", '"$0/opt/wrapper" "$@"'],
  ])("%s", async (_, script) => {
    const env = lambdaEnv(store.url, { TOKEN: "prod/token" });
    const ended = await run("sh", ["-c", script, folder, ...SHOW_TOKEN], env);
    expect(ended).toMatchObject({ status: 0, stderr: "", stdout: Buffer.from("value a b ") });
  });
});
