import * as fc from "fast-check";
import { findMisspelt } from "../../../core/config/find-misspelt.ts";
import { grammar } from "../../../core/config/grammar.ts";

const SET = { SECRETS: "{}" };

it.each([
  ["SECRETS_TIMOUT", "SECRETS_TIMEOUT"],
  ["SECRET_TIMEOUT", "SECRETS_TIMEOUT"],
  ["SECRETS_TIME_OUT", "SECRETS_TIMEOUT"],
  ["SECRETS_FILES", "SECRETS_FILE"],
  ["SECRETS_LOGLEVEL", "SECRETS_LOG_LEVEL"],
  ["SECRTES_NEXT_WRAPPER", "SECRETS_NEXT_WRAPPER"],
  ["SECRETS_SNAP_START", "SECRETS_SNAPSTART"],
  ["SECRETS_TLL", "SECRETS_TTL"],
])("%s is taken for %s", async (name, meant) => {
  expect(await findMisspelt({ ...SET, [name]: "5" })).toEqual([
    `${name} is not a setting and is ignored: use ${meant} if that is what you mean, or rename it.`,
  ]);
});

it.each(["SECRET", "SECRETES", "SECERTS"])("%s is taken for SECRETS where that is not set", async (name) => {
  expect(await findMisspelt({ [name]: "{}" })).toEqual([expect.stringContaining(`${name} is not a setting`)]);
  expect(await findMisspelt({ [name]: "{}", ...SET })).toEqual([]);
  expect(await findMisspelt({ [name]: "{}", SECRETS_FILE: "secrets.json" })).toEqual([]);
});

it.each(["AWS_SECRET_ACCESS_KEY", "CLIENT_SECRET", "SECRETS_BACKEND", "SECTOR", "RETRIES", "SECRETS_MANAGER_URL"])(
  "%s is nobody's mistake",
  async (name) => expect(await findMisspelt({ ...SET, [name]: "x" })).toEqual([]),
);

it("says nothing of the settings themselves", async () => {
  expect(await findMisspelt(Object.fromEntries(grammar.ownNames.map((name) => [name, "x"])))).toEqual([]);
});

it("never shows a value", async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ minLength: 5 }), async (value) => {
      const messages = await findMisspelt({ SECRETS_TIMOUT: `value ${value}` });
      expect(messages.join()).not.toContain(`value ${value}`);
    }),
  );
});
