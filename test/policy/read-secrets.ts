import * as fc from "fast-check";

/** SECRETS with few names and ARNs, which therefore share secrets, accounts, Regions and paths. */
const ids = {
  secret: fc.constantFrom(
    "prod/db",
    "prod/db-AbCdEf",
    "a",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db-AbCdEf",
    "arn:aws:secretsmanager:eu-west-1:111122223333:secret:prod/db",
    "arn:aws:secretsmanager:us-east-1:999988887777:secret:b-AbCdEf:key",
  ),
  parameter: fc.constantFrom(
    "x",
    "/x",
    "//x",
    "/prod/x:3",
    "arn:aws:ssm:eu-west-1:111122223333:parameter/x",
    "arn:aws:ssm:us-east-1:999988887777:parameter/prod/x",
    "/aws/service/ami",
    "arn:aws:ssm:us-east-1::parameter/aws/service/ami",
    "/aws/reference/secretsmanager/prod/db",
    "arn:aws:ssm:us-east-1:999988887777:parameter/aws/reference/secretsmanager/a-AbCdEf",
  ),
  path: fc.constantFrom("/", "/**", "/prod/", "/prod/**", "//prod//", "/aws/service/ami/", "/prod/app/"),
};

const tolerance = fc.constantFrom({}, { optional: true }, { optional: false });
const withDefault = fc.constantFrom({}, { default: "" });

const secret = fc
  .tuple(ids.secret, tolerance, withDefault)
  .map(([secret, ...rest]) => Object.assign({ secret }, ...rest));
const parameter = fc
  .tuple(ids.parameter, tolerance, withDefault)
  .map(([parameter, ...rest]) => Object.assign({ parameter }, ...rest));
const path = fc.tuple(ids.path, tolerance).map(([parameter, tolerance]) => ({ parameter, ...tolerance }));

const name = fc.stringMatching(/^[A-Zb_][A-Z_]?$/);
const variables = fc.dictionary(name, fc.oneof(secret, parameter), { maxKeys: 9, noNullPrototype: true });
const wildcards = fc.dictionary(
  name.map((prefix) => `${prefix}*`),
  path,
  { maxKeys: 5, noNullPrototype: true },
);

export const readSecrets = fc.oneof(
  fc.tuple(variables, wildcards).map(([one, other]) => ({ ...one, ...other })),
  fc.array(
    fc.oneof(
      ids.secret,
      ids.parameter.map((id) => `ssm:${id}`),
      path,
    ),
    { minLength: 9, maxLength: 12 },
  ),
);
