import type { Game } from "./games.ts";
import type { Verdict, Violation } from "./run.ts";

/** What became of many runs. */
export interface Tally {
  readonly seeds: number;
  readonly calls: number;
  /** In how many runs each outcome was reached. */
  readonly reached: Readonly<Record<string, number>>;
  readonly failures: readonly Failed[];
}

/** A seed that failed, and by what. */
export interface Failed {
  readonly seed: number;
  readonly violation: Violation;
}

/** Seeds from `from` on, so many, in steps of `stride`, so that several processes can share a sweep. */
export interface Range {
  readonly from: number;
  readonly seeds: number;
  readonly stride: number;
}

/** The seeds of a range, in order. */
export function seedsOf({ from, seeds, stride }: Range): readonly number[] {
  return Array.from({ length: seeds }, (_, place) => from + place * stride);
}

/** Plays every seed of a range, one after the other. @param onSeed told of each; says whether there shall be a next */
export async function sweep(
  range: Range,
  { play }: Pick<Game, "play">,
  onSeed: (verdict: Verdict) => "go on" | "stop",
): Promise<void> {
  for (const seed of seedsOf(range)) if (onSeed(await play(seed)) === "stop") return;
}

/** Nothing was played yet. */
export function emptyTally(): Tally {
  return { seeds: 0, calls: 0, reached: {}, failures: [] };
}

/** The tally of one run. */
export function tallyOf({ seed, violation, calls, reached }: Verdict): Tally {
  const failures = violation === undefined ? [] : [{ seed, violation }];
  return { seeds: 1, calls, reached: Object.fromEntries([...reached].map((name) => [name, 1])), failures };
}

/** Two tallies as one. */
export function addTallies(one: Tally, other: Tally): Tally {
  const reached: Record<string, number> = { ...one.reached };
  for (const [name, count] of Object.entries(other.reached)) reached[name] = (reached[name] ?? 0) + count;
  return {
    seeds: one.seeds + other.seeds,
    calls: one.calls + other.calls,
    reached,
    failures: [...one.failures, ...other.failures],
  };
}
