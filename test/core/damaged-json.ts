import * as fc from "fast-check";

/** JSON with some characters changed. */
export const damagedJson = fc
  .tuple(fc.json(), fc.nat(), fc.nat(3), fc.string({ maxLength: 2 }))
  .map(([json, at, cut, put]) => {
    const index = at % (json.length + 1);
    return json.slice(0, index) + put + json.slice(index + cut);
  });
