import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PRINT_ENVIRON, parseEnviron } from "../support/environ.ts";
import { type Ended, lambdaEnv, run } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";
import { WRAPPER, WRAPPERS } from "../support/trees.ts";

// What the runtime gets besides the values, exactly as if nothing had been before it.

let store: Store;
let folder: string;
let env: Record<string, string>;
beforeAll(async () => {
  store = await startStore({ "prod/token": "value", "prod/replacement": "x\ufffd" });
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

  it.each([
    ["--ignore-signal=PIPE"],
    ["--default-signal"],
    ["--ignore-signal=PIPE,XFSZ,SEGV,HUP", "--block-signal=PIPE,TERM"],
  ])("leaves signals as they were: %s", async (...options) => {
    const show = async (...command: string[]) => {
      const { stdout } = await run("env", [...options, ...command, "cat", "/proc/self/status"], env);
      return String(stdout).match(/^Sig(?:Blk|Ign|Cgt):.*$/gm);
    };
    expect(await show(WRAPPER)).toEqual(await show());
  });

  it("leaves limits as they were", async () => {
    const show = async (...command: string[]) => {
      const limits = ["--nofile=99:100", "--stack=512000:1024000", "--core=0:0", "--fsize=5000:6000"];
      return (await run("prlimit", [...limits, ...command, "cat", "/proc/self/limits"], env)).stdout.toString();
    };
    expect(await show(WRAPPER)).toBe(await show());
  });

  it.each(["0<&-", "2>&-", "0<&- 2>&-", "5<&0 62>&1"])("leaves descriptors as they were: %s", async (redirections) => {
    const show = async (command: string) =>
      (await run("bash", ["-c", `exec ${command} ls /proc/self/fd ${redirections}`], env)).stdout.toString();
    expect(await show(`'${WRAPPER}'`)).toBe(await show(""));
  });

  it("tells a secret from inherited bytes that look like it", async () => {
    const secrets = JSON.stringify({ BYTES: "prod/replacement" });
    const stdout = await runScript(
      `exec env 'SECRETS=${secrets}' 'BYTES=x\xff' 'KEPT=x\xff' '${WRAPPER}' ${PRINT_ENVIRON.join(" ")}`,
    );
    const environ = parseEnviron(stdout);
    expect(environ.get("BYTES")).toEqual(Buffer.from("x\ufffd"));
    expect(environ.get("KEPT")).toEqual(Buffer.from("x\xff", "latin1"));
  });

  it.each(["AWS_REGION", "AWS_SESSION_TOKEN", "AWS_ENDPOINT_URL_SECRETS_MANAGER", "SECRETS", "PATH", "AWS_CA_BUNDLE"])(
    "has a report or a start where %s is not UTF-8",
    async (name) => {
      const variable = Buffer.from(`${name}=${env[name] ?? ""}`).toString("latin1");
      const script = `exec env '${variable}\xff' "$WRAPPER" /bin/echo started`;
      const { status, stdout, stderr } = await runLatin1(script);
      if (status === 0) expect(String(stdout)).toBe("started\n");
      else expect(stderr).toMatch(/^\[secrets-wrapper\] ERROR (?!.*\[InternalError\])/);
    },
  );

  it("keeps variables that are not UTF-8", async () => {
    const stdout = await runScript(`exec env 'BYTES=v\xfe\x80' '${WRAPPER}' cat /proc/self/environ`);
    expect(parseEnviron(stdout).get("BYTES")).toEqual(Buffer.from("v\xfe\x80", "latin1"));
  });

  it("keeps arguments that are not UTF-8", async () => {
    expect(await runScript(`exec '${WRAPPER}' printf %s 'a\xff\xfeb'`)).toEqual(Buffer.from("a\xff\xfeb", "latin1"));
  });

  async function runScript(latin1: string): Promise<Buffer> {
    return (await runLatin1(latin1)).stdout;
  }

  /** Node itself cannot pass on what is not UTF-8; a shell's script can hold it. */
  async function runLatin1(latin1: string): Promise<Ended> {
    const script = join(folder, "script");
    writeFileSync(script, Buffer.from(latin1, "latin1"));
    return await run("bash", [script], { ...env, WRAPPER });
  }
});
