import * as fc from "fast-check";

/** Text of anything that a string can hold: quotes, control characters, any script, halves of surrogate pairs. */
export const anyText = fc.string({
  unit: fc.oneof(
    fc.constantFrom(..."\"'\\$`:{}[], \n\r\t\0\u001b\u2028\ufeffé🔑", "\ud83d", "\udd11"),
    fc.integer({ min: 0x20, max: 0x7e }).map((code) => String.fromCodePoint(code)),
    fc.integer({ min: 0, max: 0x10ffff }).map((code) => String.fromCodePoint(code)),
  ),
});
