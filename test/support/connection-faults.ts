// What may be wrong before there is an answer: every entry is hit.

import * as at from "./fault-servers.ts";
import type { Target } from "./fault-targets.ts";
import type { Fault } from "./faults.ts";

export function connectionFaults({ endpointVariable, vpcEndpoint }: Target): Fault[] {
  return [
    {
      name: "connection refused",
      provoke: at.refusing,
      seconds: 1.5,
      says: "ConnectionRefused: the host refused the connection",
      remedy: `check the host and port in AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a host name that does not exist",
      provoke: at.address("http://secrets.invalid"),
      says: "HostNotFound: the host name cannot be resolved",
      remedy: "private DNS names",
    },
    {
      name: "a certificate of an unknown CA",
      provoke: at.overTls({ caFile: "" }),
      says: "UntrustedServer: the server's certificate is from an unknown CA",
      remedy: "set AWS_CA_BUNDLE",
    },
    {
      name: "a certificate for another host",
      provoke: at.overTls({ url: "https://127.0.0.1" }),
      says: "UntrustedServer: the server's certificate is for another host name",
      remedy: `Check the host in AWS_ENDPOINT_URL and ${endpointVariable}`,
    },
    {
      name: "a certificate that has expired",
      provoke: at.overTls({ from: "20200101", to: "20200201" }),
      says: "UntrustedServer: the server's certificate has expired",
      remedy: "Renew that certificate",
    },
    {
      name: "a certificate that is not valid yet",
      provoke: at.overTls({ from: "20480101", to: "20490101" }),
      says: "UntrustedServer: the server's certificate is not valid yet",
      remedy: "clock",
    },
    {
      name: "plain HTTP where TLS is expected",
      provoke: at.plainHttp,
      says: "TlsFailed: the TLS handshake with the host failed",
      remedy: "https, not http",
    },
    {
      name: "a connection that hangs",
      provoke: at.fullBacklog,
      seconds: 1.5,
      says: "Timeout: no connection was established within 1.5 s (SECRETS_TIMEOUT)",
      remedy: vpcEndpoint,
    },
    {
      name: "a TLS handshake that hangs",
      provoke: at.silentAtHandshake,
      seconds: 1.5,
      says: "Timeout: the TLS handshake did not finish within 1.5 s (SECRETS_TIMEOUT)",
      remedy: "the security group of a VPC endpoint",
    },
  ];
}
