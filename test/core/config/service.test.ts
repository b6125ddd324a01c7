import { endpointOf, PARAMETER_STORE, SECRETS_MANAGER, serviceOf } from "../../../core/config/service.ts";

it.each([
  ["secret", SECRETS_MANAGER, "Secrets Manager in eu-west-1"],
  ["parameter", PARAMETER_STORE, "Parameter Store in eu-west-1"],
  ["path", PARAMETER_STORE, "Parameter Store in eu-west-1"],
] as const)("a %s is asked for at its service, by that service's name", (kind, service, endpoint) => {
  expect(serviceOf({ kind })).toBe(service);
  expect(endpointOf({ kind, region: "eu-west-1" })).toBe(endpoint);
});
