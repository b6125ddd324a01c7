import { createCheckToken } from "../../cache/token.ts";
import { success } from "../../core/fault/result.ts";

it("is the one in the environment", async () => {
  const check = createCheckToken({ AWS_SESSION_TOKEN: "own" });
  expect([check("own"), check("Own"), check(""), check("own ")]).toEqual([true, false, false, false]);
});

it("is none where there is neither a token nor an endpoint for credentials", () => {
  expect(createCheckToken({})("")).toBe(false);
  expect(createCheckToken({ AWS_SESSION_TOKEN: "" })("")).toBe(false);
});

it("is the current or the previous one of the credentials under SnapStart", async () => {
  let token = "first";
  const credentials = async () => success({ accessKeyId: "k", secretAccessKey: "s", sessionToken: token });
  const check = createCheckToken({}, credentials);
  expect(await check("first")).toBe(true);
  token = "second";
  expect(await check("first")).toBe(true);
  expect(await check("second")).toBe(true);
  expect(await check("first")).toBe(true);
  token = "third";
  expect(await check("third")).toBe(true);
  expect(await check("first")).toBe(false);
  expect(await check("second")).toBe(true);
});
