import { mkdtempSync, rmSync } from "node:fs";
import type { RequestListener } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { nativePrograms } from "../../bench/crates.ts";
import { makeSecrets, makeTasks, toEnv } from "../../bench/task.ts";
import { type Certificate, makeCertificate } from "../support/certificate.ts";
import { describeUnless, missingProgram } from "../support/needs.ts";
import { type Ended, lambdaEnv, run } from "../support/run.ts";
import { type Signatures, signaturesOf } from "../support/signature.ts";
import { serve, startStore } from "../support/store.ts";

const BUILD_MS = 1_200_000;
const PROGRAM = ["printenv", "SECRET_1", "SECRET_2"];

describeUnless(missingProgram(["cargo", "openssl"]), "the floor", () => {
  let folder: string;
  let file: string;
  let certificate: Certificate;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "floor-"));
    certificate = makeCertificate(folder);
    file = join(nativePrograms(), "floor");
  }, BUILD_MS);
  afterAll(() => rmSync(folder, { recursive: true }));

  const secrets = makeSecrets(2);

  function start(url: string): Promise<Ended> {
    const [task] = makeTasks([2], { secrets, caFile: certificate.caFile, url });
    return run(file, PROGRAM, task ? toEnv(task, PROGRAM) : {});
  }

  async function startWith(listener: RequestListener): Promise<Ended> {
    const server = await serve(listener, certificate);
    const ended = await start(server.url);
    server.close();
    return ended;
  }

  it("starts a program with its secrets", async () => {
    const store = await startStore(secrets, { tls: certificate });
    const { stdout, stderr } = await start(store.url);
    store.close();
    expect([stdout.toString(), stderr]).toEqual([`${Object.values(secrets).join("\n")}\n`, ""]);
  });

  it("sends all requests at once, with the signature that AWS computes", async () => {
    const signatures: Signatures[] = [];
    const answers: (() => void)[] = [];
    const ended = await startWith(async (request, response) => {
      answers.push(() => response.end('{"SecretString": "value"}'));
      signatures.push(await signaturesOf(request, lambdaEnv("", {}).AWS_SECRET_ACCESS_KEY ?? ""));
      if (answers.length === 2) for (const answer of answers) answer();
    });
    expect(ended.stderr).toBe("");
    expect(signatures.map(({ sent }) => sent)).toEqual(signatures.map(({ computed }) => computed));
    expect(new Set(signatures.map(({ sent }) => sent)).size).toBe(2);
  });

  it("starts nothing without a secret", async () => {
    const { status, stdout, stderr } = await startWith((_, response) => response.writeHead(400).end("denied"));
    expect([status, stdout.toString()]).toEqual([1, ""]);
    expect(stderr).toMatch(/^floor: SECRET_[12]: 400 Bad Request: denied\n$/);
  });
});
