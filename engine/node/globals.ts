// The engine's own globals on Node.

import { httpRequest } from "./http-request.ts";

// Here preconnect would save nothing: Node's requests open their own connections.
Object.assign(globalThis, { httpRequest, preconnect() {} });
