// What SECRETS may say, made of the pieces of what it should.

import * as fc from "fast-check";

const PIECES = `arn aws aws-cn secretsmanager ssm eu-west-1 111122223333 secret parameter prod/db /prod/x /prod/app/
  /aws/service/x /aws/reference/secretsmanager/x
  * ** ? .. tmp AWSPREVIOUS é %{b} $ { } . " ' \\ [ ] - _ + = @ :`.split(/\s+/);
const piece = fc.oneof(fc.constantFrom(...PIECES, " ", "\n", "\t"), fc.stringMatching(/^[\w/.-]{0,8}$/));
const text = fc.oneof(
  fc.array(piece, { maxLength: 9 }).map((pieces) => pieces.join(":")),
  fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join("")),
);
const value = fc.oneof(
  { weight: 4, arbitrary: text },
  fc.constantFrom(null, true, 0, -1.5, [], {}, "", "0640", "utf8", "x509-svid"),
);
const OPTIONS = "secret parameter key optional default encoding file mode format".split(" ");
const option = fc.oneof({ weight: 9, arbitrary: fc.constantFrom(...OPTIONS) }, text);
const form = fc.oneof(text, text, fc.dictionary(option, value, { maxKeys: 4, noNullPrototype: true }), value);
const name = fc.oneof(
  fc.stringMatching(/^[A-Z_]{1,9}\*?$/),
  fc.constantFrom("*", "AWS_REGION", "_HANDLER", "SECRETS"),
  text,
);

/** SECRETS whose references, options and names are nearly right. */
export const secretsOfPieces = fc.oneof(
  { weight: 4, arbitrary: fc.dictionary(name, form, { maxKeys: 3, noNullPrototype: true }) },
  fc.array(form, { maxLength: 3 }),
);
