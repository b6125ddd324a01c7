import { isIP, type Socket } from "node:net";
import type { HttpError } from "../../core/host/engine-api.ts";

export type Phase = HttpError["phase"];

/** How far a request has come. */
export type State = { phase: Phase };

/** Follows a connection to the host of a URL, for what comes after TCP and after TLS. */
export function follow(socket: Socket, url: string, state: State, connected: Phase, secured: Phase = "response"): void {
  // One that was kept has nothing of this before it.
  if (!socket.connecting) {
    state.phase = "response";
    return;
  }
  if (isIP(hostOf(url))) state.phase = "connect";
  socket.once("lookup", () => {
    state.phase = "connect";
  });
  socket.once("connect", () => {
    state.phase = connected;
  });
  socket.once("secureConnect", () => {
    state.phase = secured;
  });
}

/** Without the brackets of IPv6. */
export function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^\[|\]$/g, "");
}
