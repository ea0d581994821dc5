import { below, type Random } from "../../sandbox/random.ts";
import type { Step } from "../steps.ts";

/** So many people of a run, the first, are likely to be there. */
export const LIKELY = 3;

/** Puts steps into a history, in their order, at any place from `first` on. */
export function inserted(random: Random, steps: readonly Step[], more: readonly Step[], first: number): Step[] {
  const places = more.map(() => first + below(random, steps.length - first + 1)).sort((one, other) => one - other);
  return [...more.keys()].reduceRight<Step[]>(
    (all, place) => {
      const step = more[place];
      return step === undefined ? all : all.toSpliced(places[place] ?? first, 0, step);
    },
    [...steps],
  );
}
