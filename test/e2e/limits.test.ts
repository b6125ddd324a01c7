import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { MAX_DEPTH } from "../../core/json/json.ts";
import { AS_USER, installForEveryone, missingForLimits, runLimited } from "../support/limits.ts";
import { describeUnless } from "../support/needs.ts";
import { lambdaEnv } from "../support/run.ts";
import { type Store, startStore } from "../support/store.ts";

const KIB = 1024;
const DEEP = "[".repeat(MAX_DEPTH - 1) + "]".repeat(MAX_DEPTH - 1);

describeUnless(missingForLimits(), "under limits", () => {
  let store: Store;
  let layer: ReturnType<typeof installForEveryone>;
  let folder: string;
  beforeAll(async () => {
    store = await startStore({ "prod/token": "value", "prod/deep": `{"k":${DEEP}}` });
    layer = installForEveryone();
    folder = mkdtempSync(join(tmpdir(), "limits-"));
  });
  afterAll(() => {
    store.close();
    layer.remove();
    rmSync(folder, { recursive: true });
  });

  it.each([64, 128, 256, 1024])("takes JSON as deep as ever on a stack of %i KB", async (kilobytes) => {
    const limits = { stack: kilobytes * KIB };
    const ended = await runLimited(
      limits,
      [layer.wrapper, "printenv", "K"],
      lambdaEnv(store.url, { K: "prod/deep:k" }),
    );
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from(`${DEEP}\n`), stderr: "" });
    const tooDeep = await runLimited(limits, [layer.wrapper, "true"], lambdaEnv(store.url, "[".repeat(9_000)));
    expect(tooDeep).toMatchObject({ status: 1, stderr: expect.stringMatching(/nested more than \d+ levels deep/) });
  });

  it.each([0, 1])("starts, or says why not, where %i processes are allowed", async (nproc) => {
    const env = lambdaEnv(store.url, { TOKEN: "prod/token" });
    const { status, signal, stderr } = await runLimited({ nproc }, [layer.wrapper, "printenv", "TOKEN"], env, AS_USER);
    expect({ signal, isReported: status === 0 || /^(?:engine: |\[secrets-wrapper\] )\S/.test(stderr) }).toEqual({
      signal: null,
      isReported: true,
    });
  });

  it.each([12, 13, 14, 15, 16, 24])("reports what it lacks where %i files may be open", async (nofile) => {
    const secrets = Object.fromEntries([..."ABCDEFGH"].map((name) => [name, `prod/${name}`]));
    const ended = await runLimited({ nofile }, [layer.wrapper, "true"], lambdaEnv(store.url, secrets));
    expect(ended.stderr).toMatch(/\[(?:SecretNotFound|ConnectionFailed: EMFILE)\b/);
    expect(ended.stderr).not.toContain("InternalError");
  });

  it("needs no further process or thread where nothing is fetched", async () => {
    const ended = await runLimited({ nproc: 0 }, [layer.wrapper, "echo", "started"], lambdaEnv(store.url, {}), AS_USER);
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from("started\n"), stderr: "" });
  });

  it("reports the file that would be over the limit on files", async () => {
    const file = join(folder, "limited");
    const env = lambdaEnv(store.url, { TOKEN: { secret: "prod/token", file } });
    const ended = await runLimited({ fsize: 0 }, [layer.wrapper, "printenv", "TOKEN"], env);
    expect(ended).toMatchObject({
      status: 1,
      signal: null,
      stderr: expect.stringMatching(/ERROR TOKEN: the file .* cannot be written.*\[FileNotWritten\]/),
    });
  });

  it("starts where its log is a file at that limit", async () => {
    const env = { ...lambdaEnv(store.url, { TOKEN: "prod/token" }), TOKEN: "replaced, with a warning" };
    const logged = ["sh", "-c", `exec "$@" 2>'${join(folder, "log")}'`, "sh"];
    const ended = await runLimited({ fsize: 0 }, [layer.wrapper, "printenv", "TOKEN"], env, logged);
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from("value\n") });
  });

  it("takes no orders from the function's variables, and passes them on", async () => {
    const env = { ...lambdaEnv(store.url, { TOKEN: "prod/token" }), RUST_MIN_STACK: "1", RUST_BACKTRACE: "full" };
    const ended = await runLimited({}, [layer.wrapper, "printenv", "TOKEN", "RUST_MIN_STACK", "RUST_BACKTRACE"], env);
    expect(ended).toMatchObject({ status: 0, stdout: Buffer.from("value\n1\nfull\n"), stderr: "" });
  });
});
