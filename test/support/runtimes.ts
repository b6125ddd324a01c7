import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parseEnviron } from "./environ.ts";
import type { LambdaFunction } from "./lambda-host.ts";
import { goFunction, javaFunction, nodeRuntimeClient, pythonTools, RUNTIMES, rustFunction } from "./tools.ts";

/** A runtime with AWS's own client for it, and a function that gives what its process was started with. */
export type Runtime = {
  name: string;
  /** What Lambda's API is spoken by. */
  client: string;
  /** The programs that build and run it. */
  programs: string[];
  version: string[];
  prepare(): Prepared;
};

export type Prepared = {
  /** The function's folder, for /var/task. */
  task: string;
  /** The runtime's command line, shaped as by Lambda's bootstrap for it. */
  command: string[];
  env?: Record<string, string>;
};

export const ALL_RUNTIMES: Runtime[] = [
  {
    name: "Node.js",
    client: "aws-lambda-ric 4.0.2",
    programs: ["g++"],
    version: [process.execPath, "--version"],
    prepare: () => ({
      task: join(RUNTIMES, "node"),
      command: [process.execPath, ...NODE_FLAGS, nodeRuntimeClient(), "app.handler"],
    }),
  },
  {
    name: "Python",
    client: "awslambdaric 4.2.2",
    programs: ["python3"],
    version: ["python3", "--version"],
    prepare: () => ({
      task: join(RUNTIMES, "python"),
      command: [join(pythonTools(), "python3"), "-m", "awslambdaric", "app.handler"],
      env: { PYTHONPATH: "/var/task" },
    }),
  },
  {
    name: "Java",
    client: "aws-lambda-java-runtime-interface-client 2.9.0",
    programs: ["java", "javac", "mvn"],
    version: ["java", "--version"],
    prepare: () => ({
      task: javaFunction(),
      command: ["java", ...JAVA_FLAGS, `${JAVA_PACKAGE}.AWSLambda`, "Handler::handleRequest"],
      env: { LANG: "C.UTF-8", _HANDLER: "Handler::handleRequest" },
    }),
  },
  {
    name: "Go",
    client: "aws-lambda-go 1.55.1",
    programs: ["go"],
    version: ["go", "version"],
    prepare: () => ({ task: goFunction(), command: ["/var/task/app"] }),
  },
  {
    name: "Rust",
    client: "lambda_runtime 1.5.0",
    programs: ["cargo"],
    version: ["cargo", "--version"],
    prepare: () => ({ task: rustFunction(), command: ["/var/task/app"] }),
  },
  {
    name: "sh",
    client: "none, but curl",
    programs: ["curl", "base64"],
    version: ["curl", "--version"],
    prepare: () => ({ task: join(RUNTIMES, "shell"), command: ["/bin/sh", "/var/task/app.sh"] }),
  },
];

const NODE_FLAGS = "--expose-gc --max-http-header-size 81920 --max-semi-space-size=6 --max-old-space-size=115".split(
  " ",
);
const JAVA_FLAGS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -classpath /var/task:/var/task/lib/*".split(" ");
const JAVA_PACKAGE = "com.amazonaws.services.lambda.runtime.api.client";

export function versionOf({ version: [program = "", ...args] }: Runtime): string {
  const output = execFileSync(program, args, { encoding: "utf8" });
  return /\d+(\.\d+)+/.exec(output)?.[0] ?? output.trim();
}

/** What a function's process was started with. */
export type Started = { environment: Record<string, string | undefined>; command: string[]; pid: number };

/** Invokes a function; where that fails, throws its log. */
export async function invokeStarted(lambda: LambdaFunction): Promise<Started> {
  const { payload, failed } = await lambda.invoke();
  if (failed) throw new Error(lambda.log() || payload);
  return parseStarted(payload);
}

function parseStarted(payload: string): Started {
  const { environ, cmdline, ...started } = JSON.parse(payload);
  if (environ === undefined) return started;
  const variables = [...parseEnviron(Buffer.from(environ, "base64"))];
  const command = Buffer.from(cmdline, "base64").toString().split("\0").slice(0, -1);
  return { ...started, command, environment: Object.fromEntries(variables.map(([name, value]) => [name, `${value}`])) };
}
