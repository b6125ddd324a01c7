// A small Secrets Manager, with parameters beside the secrets: GetSecretValue, GetParameter, GetParameters and
// GetParametersByPath, with AWS's own errors.

import { createHash, randomUUID } from "node:crypto";
import { createServer, type IncomingHttpHeaders, type RequestListener } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo, Socket } from "node:net";
import { json } from "node:stream/consumers";
import { setTimeout as sleep } from "node:timers/promises";

/** A secret's text or bytes, a parameter's text, or the error that asking for it gives. */
export type Stored = string | Uint8Array | ServiceError;

/** An error as the service sends it. */
export type ServiceError = { status: number; type: string; message: string };

type Answer = { status: number; body: object };

export type Store = {
  url: string;
  /** The ids asked for, in order. */
  asked: string[];
  /** Who asked, in order. */
  callers: Caller[];
  close(): void;
};

/** What a request was signed with. */
export type Caller = { accessKeyId: string; sessionToken: string };

export type StoreOptions = {
  /** How long each answer takes. */
  latencyMs?: number;
  /** PEM; without it the store speaks plain HTTP. */
  tls?: { key: string; cert: string };
  /** A free one unless given. */
  port?: number;
};

/** The fields of each call's request. */
type Asks =
  | { SecretId: string }
  | { Name: string }
  | { Names: string[] }
  | { Path: string; Recursive?: boolean; NextToken?: string };

/** Starts a store on loopback. Secrets may be added to `secrets` while it runs. */
export async function startStore(secrets: Record<string, Stored>, options: StoreOptions = {}): Promise<Store> {
  const asked: string[] = [];
  const callers: Caller[] = [];
  const listener: RequestListener = async (request, response) => {
    const asks = (await json(request)) as Asks;
    asked.push(...idsOf(asks));
    callers.push(callerOf(request.headers));
    if (options.latencyMs) await sleep(options.latencyMs);
    const { status, body } = answer(asks, secrets);
    const content = { "content-type": "application/x-amz-json-1.1", "x-amzn-requestid": randomUUID() };
    response.writeHead(status, content).end(JSON.stringify(body));
  };
  const server = await serve(listener, options.tls, options.port);
  return { ...server, asked, callers };
}

/** Listens on loopback, on a free port unless given. `close` also ends the connections that clients keep. */
export async function serve(listener: RequestListener, tls?: StoreOptions["tls"], wanted = 0) {
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  const sockets = new Set<Socket>();
  server.on("connection", (socket: Socket) => {
    sockets.add(socket);
    socket.once("close", () => sockets.delete(socket));
    socket.on("error", () => socket.destroy());
  });
  await new Promise<void>((resolve) => server.listen(wanted, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const url = `${tls ? "https://localhost" : "http://127.0.0.1"}:${port}`;
  const close = () => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  return { url, close };
}

function idsOf(asks: Asks): string[] {
  if ("Names" in asks) return asks.Names;
  return ["SecretId" in asks ? asks.SecretId : "Name" in asks ? asks.Name : asks.Path];
}

function answer(asks: Asks, secrets: Record<string, Stored>): Answer {
  if ("Names" in asks) return getParameters(asks.Names, secrets);
  if ("Name" in asks) return getParameter(asks.Name, secrets[asks.Name]);
  if ("Path" in asks) return getParametersByPath(asks, secrets);
  return getSecretValue(asks.SecretId, secrets[asks.SecretId]);
}

function callerOf(headers: IncomingHttpHeaders): Caller {
  const [, accessKeyId = ""] = /Credential=([^/]*)/.exec(headers.authorization ?? "") ?? [];
  return { accessKeyId, sessionToken: String(headers["x-amz-security-token"]) };
}

function getSecretValue(id: string, stored: Stored = NOT_FOUND): Answer {
  if (isError(stored)) return failure(stored);
  const value =
    typeof stored === "string" ? { SecretString: stored } : { SecretBinary: Buffer.from(stored).toString("base64") };
  const version = { VersionId: versionOf(value), VersionStages: ["AWSCURRENT"], CreatedDate: CREATED_SECONDS };
  return { status: 200, body: { ARN: arnOf(id), Name: id, ...version, ...value } };
}

/** Another value is another version. */
function versionOf(value: object): string {
  const hash = createHash("sha256").update(JSON.stringify(value)).digest("hex");
  return hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

function getParameter(name: string, stored: Stored | undefined): Answer {
  if (isError(stored)) return failure(stored);
  if (typeof stored !== "string") return failure({ status: 400, type: "ParameterNotFound", message: "" });
  return { status: 200, body: { Parameter: { ...parameter(name, stored), Type: "String" } } };
}

/** As with AWS one parameter with an error fails the whole call. */
function getParameters(names: string[], stored: Record<string, Stored>): Answer {
  const error = names.map((name) => stored[name]).find(isError);
  if (error) return failure(error);
  const Parameters = names.flatMap((name) => (typeof stored[name] === "string" ? parameter(name, stored[name]) : []));
  return { status: 200, body: { Parameters, InvalidParameters: names.filter((name) => !(name in stored)) } };
}

/** A page of it; the token is where the next one begins. */
function getParametersByPath(
  { Path, Recursive, NextToken = "0" }: Extract<Asks, { Path: string }>,
  stored: Record<string, Stored>,
): Answer {
  const start = Number(NextToken);
  const end = start + MAX_PARAMETERS;
  const names = Object.keys(stored).filter((name) => isUnder(Path, name, Recursive));
  const { status, body } = getParameters(names.slice(start, end), stored);
  return { status, body: { ...body, ...(end < names.length && { NextToken: String(end) }) } };
}

function isUnder(path: string, name: string, recursive = false): boolean {
  const prefix = path === "/" ? path : `${path}/`;
  return name.startsWith(prefix) && (recursive || !name.slice(prefix.length).includes("/"));
}

/** In one answer: the service's own limit. */
const MAX_PARAMETERS = 10;

/** A selector, which stands behind a colon, is repeated in a field of its own; a number is the version too. */
function parameter(name: string, Value: string): object {
  const [Name, selector] = name.split(":");
  if (selector === undefined) return { Name, Value, Version: 1 };
  return { Name, Value, Selector: `:${selector}`, ...(/^\d+$/.test(selector) && { Version: Number(selector) }) };
}

function isError(stored: Stored | undefined): stored is ServiceError {
  return typeof stored === "object" && "status" in stored;
}

function failure({ status, type, message }: ServiceError): Answer {
  return { status, body: { __type: type, message, Message: message } };
}

/** When every value was created, in seconds since 1970. */
export const CREATED_SECONDS = 1_790_000_000;

export function arnOf(name: string): string {
  return `arn:aws:secretsmanager:eu-west-1:111122223333:secret:${name}-AbCdEf`;
}

export const NOT_FOUND: ServiceError = {
  status: 400,
  type: "ResourceNotFoundException",
  message: "Secrets Manager can't find the specified secret.",
};

/** What a role without the permission gets. */
export function denied(resource: string, action = "secretsmanager:GetSecretValue"): ServiceError {
  const role = "arn:aws:sts::111122223333:assumed-role/app/app";
  const message = `User: ${role} is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
  return { status: 400, type: "AccessDeniedException", message };
}
