import { readFileSync } from "node:fs";
import { join } from "node:path";
import { findPlace } from "../../../cli/policy/place.ts";
import { ROOT } from "../../../layer/paths.ts";

const REGIONS = [
  "eu-west-1",
  "cn-north-1",
  "eusc-de-east-1",
  "us-iso-east-1",
  "us-isob-east-1",
  "eu-isoe-west-1",
  "us-isof-south-1",
  "us-gov-west-1",
];

it("a Region's partition and domain are the Terraform module's", async () => {
  const places = await Promise.all(REGIONS.map((region) => findPlace([], { region, account: "111122223333" })));
  const table = /dns_suffixes = \{(.*?)\}/s.exec(readFileSync(join(ROOT, "terraform", "main.tf"), "utf8"))?.[1] ?? "";
  const suffixes = [...table.matchAll(/([\w-]+) += "(.+)"/g)].map(([, partition, suffix]) => [partition, suffix]);
  expect(places.map(({ partition, dnsSuffix }) => [partition, dnsSuffix])).toEqual(suffixes);
});
