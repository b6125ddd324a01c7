// Lambda's Runtime API and Extensions API for one execution environment, as AWS documents them.

import { randomUUID } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { serve } from "./store.ts";

/** What a runtime or extension did. `exit` is for the host to add: the API does not see it. */
export type Step =
  | { kind: "ready" }
  | { kind: "initError"; body: string; type: string }
  | { kind: "response" | "error"; body: string };

export type Invocation = { id: string; event: string; deadlineMs: number };

export type RuntimeApi = {
  /** Host and port, as in AWS_LAMBDA_RUNTIME_API. */
  address: string;
  /** Hears of every step, one listener at a time. */
  onStep: (step: Step) => void;
  /** Answers the runtime that waits for its next invocation, and the extensions that asked to hear of it. */
  invoke(invocation: Invocation): void;
  /** Tells the extensions that asked to hear of it. */
  shutDown(): void;
  /** The extensions that have registered. */
  extensions: string[];
  /** Waits until so many have. */
  haveRegistered(count: number): Promise<void>;
  close(): void;
};

type Extension = { events: string[]; waiting?: ServerResponse; queue: object[] };

export type RuntimeApiOptions = {
  /** Whether extensions may hear of invocations: not on Managed Instances. */
  tellsOfInvocations?: boolean;
};

export async function startRuntimeApi({ tellsOfInvocations = true }: RuntimeApiOptions = {}): Promise<RuntimeApi> {
  const extensions = new Map<string, Extension>();
  let waiting: ServerResponse | undefined;
  let pending: Invocation | undefined;
  let failed = false;
  let isReady = false;
  let onRegistered = () => {};

  const { url, close } = await serve(async (request, response) => {
    const { method, url: path = "" } = request;
    if (path === "/2018-06-01/runtime/invocation/next") next(response);
    // Under SnapStart a runtime waits here for the snapshot to be restored: at once.
    else if (path === "/2018-06-01/runtime/restore/next") response.writeHead(200).end();
    else if (method === "POST" && path.startsWith("/2018-06-01/runtime/")) await report(request, path, response);
    else if (path === "/2020-01-01/extension/register") await register(request, response);
    else if (path === "/2020-01-01/extension/event/next") nextEvent(request, response);
    else if (path === "/2020-01-01/extension/init/error") await reportExtension(request, response);
    else response.writeHead(404).end();
  });
  const address = new URL(url).host;
  const api: RuntimeApi = { address, onStep() {}, invoke, shutDown, extensions: [], haveRegistered, close };
  return api;

  async function haveRegistered(count: number): Promise<void> {
    while (api.extensions.length < count)
      await new Promise<void>((resolve) => {
        onRegistered = resolve;
      });
  }

  function next(response: ServerResponse) {
    if (failed) {
      const refusal = { errorType: "InvalidStateTransition", errorMessage: "State transition is not allowed" };
      return response.writeHead(403).end(JSON.stringify(refusal));
    }
    waiting = response;
    isReady = true;
    becomeReady();
  }

  /** Init is over when the runtime and every extension have asked for what comes next. */
  function becomeReady() {
    if (!isReady || [...extensions.values()].some((extension) => !extension.waiting)) return;
    isReady = false;
    api.onStep({ kind: "ready" });
    deliverInvocation();
  }

  async function reportExtension(request: IncomingMessage, response: ServerResponse) {
    const body = await text(request);
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
    failed = true;
    api.onStep({ kind: "initError", body, type: String(request.headers["lambda-extension-function-error-type"]) });
  }

  async function report(request: IncomingMessage, path: string, response: ServerResponse) {
    const body = await text(request);
    response.writeHead(202, { "content-type": "application/json" }).end('{"status":"OK"}');
    if (path.endsWith("/init/error")) {
      failed = true;
      const type = String(request.headers["lambda-runtime-function-error-type"]);
      return api.onStep({ kind: "initError", body, type });
    }
    api.onStep({ kind: path.endsWith("/response") ? "response" : "error", body });
  }

  function invoke(invocation: Invocation) {
    notify("INVOKE", { requestId: invocation.id, deadlineMs: invocation.deadlineMs });
    pending = invocation;
    deliverInvocation();
  }

  function deliverInvocation() {
    if (!waiting || !pending) return;
    waiting.writeHead(200, {
      "content-type": "application/json",
      "lambda-runtime-aws-request-id": pending.id,
      "lambda-runtime-deadline-ms": String(pending.deadlineMs),
      "lambda-runtime-invoked-function-arn": "arn:aws:lambda:eu-west-1:111122223333:function:app",
      "lambda-runtime-trace-id": "Root=1-0-0;Sampled=0",
    });
    waiting.end(pending.event);
    waiting = undefined;
    pending = undefined;
  }

  async function register(request: IncomingMessage, response: ServerResponse) {
    const { events } = JSON.parse(await text(request));
    if (events.includes("INVOKE") && !tellsOfInvocations) {
      const refusal = { errorType: "Extension.InvalidEventType", errorMessage: "INVOKE" };
      return response.writeHead(400, { "content-type": "application/json" }).end(JSON.stringify(refusal));
    }
    const identifier = randomUUID();
    extensions.set(identifier, { events, queue: [] });
    api.extensions.push(String(request.headers["lambda-extension-name"]));
    response.writeHead(200, { "lambda-extension-identifier": identifier, "content-type": "application/json" });
    response.end(JSON.stringify({ functionName: "app", functionVersion: "$LATEST", handler: "app.handler" }));
    onRegistered();
  }

  function nextEvent(request: IncomingMessage, response: ServerResponse) {
    const extension = extensions.get(String(request.headers["lambda-extension-identifier"]));
    if (!extension) return response.writeHead(403).end();
    extension.waiting = response;
    becomeReady();
    deliver(extension);
  }

  function notify(eventType: string, event: object) {
    for (const extension of extensions.values()) {
      if (!extension.events.includes(eventType)) continue;
      extension.queue.push({ eventType, ...event });
      deliver(extension);
    }
  }

  function deliver(extension: Extension) {
    if (!extension.waiting || extension.queue.length === 0) return;
    extension.waiting.writeHead(200, { "content-type": "application/json" });
    extension.waiting.end(JSON.stringify(extension.queue.shift()));
    delete extension.waiting;
  }

  function shutDown() {
    notify("SHUTDOWN", { shutdownReason: "spindown", deadlineMs: Date.now() + 2000 });
  }
}
