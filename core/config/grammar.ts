import grammar from "../../terraform/modules/references/grammar.json" with { type: "json" };
import { type Problem, quote } from "../fault/fault.ts";

// What the Terraform module has too, as data. The sentences have %s where a name or a kind goes.
export { grammar };

/** One of the patterns, compiled when it is first asked for. */
export function pattern(name: keyof typeof grammar.patterns): RegExp {
  const known = compiled.get(name) ?? new RegExp(grammar.patterns[name]);
  compiled.set(name, known);
  return known;
}

/** One of the faults, with these words in its cause. */
export function problemOf<F extends keyof Faults>(fault: F, cause: CauseName<F>, ...words: string[]): Problem {
  const { code, causes, remedy } = grammar.faults[fault];
  return { code, cause: fill((causes as Record<CauseName<F>, string>)[cause], ...words), remedy };
}

/** An option that is not among these. */
export function unknownOption(option: string, options: string[]): Problem {
  const problem = problemOf("unknownOption", "unknown", quote(option));
  return { ...problem, remedy: fill(problem.remedy, options.map(quote).join(", ")) };
}

/** A sentence with these words in it. */
export function fill(sentence: string, ...words: string[]): string {
  let next = 0;
  return sentence.replace(/%s/g, () => words[next++] ?? "");
}

type Faults = typeof grammar.faults;
type CauseName<F extends keyof Faults> = keyof Faults[F]["causes"];

const compiled = new Map<string, RegExp>();
