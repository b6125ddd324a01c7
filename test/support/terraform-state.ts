type StateModule = {
  resources?: { address: string; values: Record<string, unknown> }[];
  child_modules?: StateModule[];
};

/** The attributes of all resources, by address, in what `terraform show -json` prints. */
export function resourcesOf(shown: string): Map<string, Record<string, unknown>> {
  const all = (module: StateModule): [string, Record<string, unknown>][] => [
    ...(module.resources ?? []).map(({ address, values }) => [address, values] as [string, Record<string, unknown>]),
    ...(module.child_modules ?? []).flatMap(all),
  ];
  return new Map(all(JSON.parse(shown).values.root_module));
}
