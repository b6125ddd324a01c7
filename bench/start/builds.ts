import type { Peer } from "../options.ts";
import { type Build, type Candidate, FLOOR, THIS_LAYER } from "./candidates.ts";
import { boto3, javaScript, powertoolsForPython, powertoolsForTypeScript } from "./handlers.ts";
import { floor, go, layer, rust } from "./programs.ts";

export function listBuilds(peers: Peer[]): Build[] {
  return [
    { name: THIS_LAYER, make: layer },
    { name: FLOOR, make: floor },
    { name: "Go SDK", needs: ["go"], make: go },
    { name: "Rust SDK", make: rust },
    { name: "JavaScript SDK", make: javaScript },
    { name: "Powertools for TypeScript", make: powertoolsForTypeScript },
    { name: "boto3", needs: ["python3"], make: boto3 },
    { name: "Powertools for Python", needs: ["python3"], make: powertoolsForPython },
    ...peers.map((peer) => ({ name: peer.name, make: async () => [toCandidate(peer)] })),
  ];
}

function toCandidate({ name, command }: Peer): Candidate {
  return { name, command: () => ["sh", "-c", command] };
}
