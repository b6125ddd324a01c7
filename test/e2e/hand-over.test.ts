import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseEnviron } from "../support/environ.ts";
import { lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPER, WRAPPERS } from "../support/trees.ts";

// What the runtime gets besides the values, exactly as if nothing had been before it.

let store: Store;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  store = await startStore({ "prod/token": "value" });
  env = lambdaEnv(store.url, { TOKEN: "prod/token" });
  folder = mkdtempSync(join(tmpdir(), "hand-over-"));
});
afterAll(() => {
  store.close();
  rmSync(folder, { recursive: true });
});

describe.each(WRAPPERS)("on %s", (_, wrapper) => {
  it("gives argv as it came", async () => {
    const args = ["", " ", "two words", "*", "$HOME", "a\nb", "--", "-c", '"', "é", "--check"];
    const { stdout } = await run(wrapper, ["printf", "%s\\0", ...args], env);
    expect(stdout.toString().split("\0")).toEqual([...args, ""]);
  });

  it("gives the program's own name as it was called", async () => {
    const { stdout } = await run(wrapper, ["cat", "/proc/self/cmdline"], env);
    expect(stdout.toString()).toBe("cat\0/proc/self/cmdline\0");
  });

  it("keeps what was inherited, and adds nothing but the secret", async () => {
    const inherited = { ...env, EMPTY: "", SPACES: " a  b ", LINES: "a\nb\n", EQUALS: "=a=b", QUOTES: `'"\\$(id)` };
    const { stdout } = await run(wrapper, ["cat", "/proc/self/environ"], inherited);
    const environ = Object.fromEntries([...parseEnviron(stdout)].map(([name, value]) => [name, String(value)]));
    // A shell that was started on the way may have set these.
    for (const name of ["PWD", "OLDPWD", "SHLVL", "_"]) delete environ[name];
    expect(environ).toEqual({ ...inherited, TOKEN: "value" });
  });

  it("passes on the program's exit status", async () => {
    expect(await run(wrapper, ["sh", "-c", "exit 7"], env)).toMatchObject({ status: 7, stderr: "" });
  });

  it("lets a secret replace a variable of the same name, with a warning", async () => {
    const ended = await run(wrapper, ["sh", "-c", 'printf %s "$TOKEN"'], { ...env, TOKEN: "configured" });
    expect(String(ended.stdout)).toBe("value");
    expect(ended.stderr).toMatch(/^\[secrets-wrapper\] WARN TOKEN: .*replaces/);
    expect(ended.stderr).not.toContain("configured");
  });

  it("starts the runtime without any call where SECRETS is {}", async () => {
    const { AWS_ACCESS_KEY_ID: _, ...without } = lambdaEnv("http://127.0.0.1:1", {});
    expect(await run(wrapper, ["echo", "started"], without)).toMatchObject({ status: 0, stderr: "" });
  });
});

describe("on the engine", () => {
  it("is the same process", async () => {
    const { stdout, pid } = await run(WRAPPER, ["sh", "-c", "echo $$"], env);
    expect(Number(stdout)).toBe(pid);
  });

  it("leaves Lambda's log pipes, descriptors 3 and 62, open", async () => {
    const log = join(folder, "log");
    const child = spawn(
      "bash",
      ["-c", `exec "$0" bash -c 'echo three >&3; echo more >&62' 3>>"$1" 62>&3`, WRAPPER, log],
      {
        env,
        stdio: "ignore",
      },
    );
    await new Promise((resolve) => child.on("close", resolve));
    expect(readFileSync(log, "utf8")).toBe("three\nmore\n");
  });

  it("opens no descriptor that the program then has", async () => {
    const without = await run("ls", ["/proc/self/fd"], env);
    expect((await run(WRAPPER, ["ls", "/proc/self/fd"], env)).stdout).toEqual(without.stdout);
  });

  it("leaves every signal at its default, and none blocked", async () => {
    const { stdout } = await run(WRAPPER, ["cat", "/proc/self/status"], env);
    const masks = [...String(stdout).matchAll(/^Sig(?:Blk|Ign|Cgt):\s*(\S+)$/gm)].map(([, mask]) => mask);
    expect(masks).toEqual(Array(3).fill("0".repeat(16)));
  });

  it("keeps variables that are not UTF-8", async () => {
    const stdout = await runScript(`exec env 'BYTES=v\xfe\x80' '${WRAPPER}' cat /proc/self/environ`);
    expect(parseEnviron(stdout).get("BYTES")).toEqual(Buffer.from("v\xfe\x80", "latin1"));
  });

  it("keeps arguments that are not UTF-8", async () => {
    expect(await runScript(`exec '${WRAPPER}' printf %s 'a\xff\xfeb'`)).toEqual(Buffer.from("a\xff\xfeb", "latin1"));
  });

  /** Node itself cannot pass on what is not UTF-8; a shell's script can hold it. */
  async function runScript(latin1: string): Promise<Buffer> {
    const script = join(folder, "script");
    writeFileSync(script, Buffer.from(latin1, "latin1"));
    return (await run("bash", [script], env)).stdout;
  }
});
