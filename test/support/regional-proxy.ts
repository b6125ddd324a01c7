import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { buffer } from "node:stream/consumers";

/** An error in place of the service's answer, to calls of this path or to all. */
export type Failure = { path?: RegExp; status: number; type: string; message: string };

const ANY = /^/;

export type RegionalProxy = { url: string; stop(): void };

/**
 * A proxy in front of moto, which answers for a Region what `failures` says of it, and lists these Regions as the
 * account's, which moto does not.
 */
export async function startRegionalProxy(
  target: string,
  regions: string[],
  failures: Record<string, Failure>,
): Promise<RegionalProxy> {
  const server = createServer(async (request, response) => {
    const failure = failures[regionOf(request)];
    if (failure && (failure.path ?? ANY).test(request.url ?? "")) return refuse(response, failure);
    if (request.url === "/listRegions") return response.end(JSON.stringify({ Regions: regions.map(toEnabled) }));
    const { status, headers, body } = await forward(target, request);
    response.writeHead(status, headers).end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, stop: () => server.close() };
}

/** In the signature: `Credential=KEY/DATE/REGION/SERVICE/aws4_request`. */
function regionOf({ headers: { authorization = "" } }: IncomingMessage): string {
  return /Credential=[^/]*\/\d+\/([^/]+)\//.exec(authorization)?.[1] ?? "";
}

function refuse(response: ServerResponse, { status, type, message }: Failure): void {
  response.writeHead(status, { "x-amzn-errortype": type }).end(JSON.stringify({ message }));
}

function toEnabled(RegionName: string): object {
  return { RegionName, RegionOptStatus: "ENABLED_BY_DEFAULT" };
}

async function forward(target: string, request: IncomingMessage) {
  const { host, connection, "content-length": length, "transfer-encoding": encoding, ...headers } = request.headers;
  const body = await buffer(request);
  const answer = await fetch(new URL(request.url ?? "/", target), {
    method: request.method ?? "GET",
    headers: headers as Record<string, string>,
    ...(body.length > 0 && { body }),
  });
  return {
    status: answer.status,
    headers: { "content-type": answer.headers.get("content-type") ?? "" },
    body: Buffer.from(await answer.arrayBuffer()),
  };
}
