import { missedBy, OUTCOMES } from "./census.ts";
import { missedByPair, PAIR_OUTCOMES } from "./pairs/outcomes.ts";
import { PARTNER_NAMES } from "./pairs/partner.ts";
import { pairPlanOf } from "./pairs/plan.ts";
import { runPair } from "./pairs/run.ts";
import { planOf } from "./plan.ts";
import { type RunOptions, run, type Verdict } from "./run.ts";
import { type Cuttable, shrink } from "./shrink.ts";
import type { Tally } from "./sweep.ts";

/** Whom HighLevel can be played with. */
export const GAME_NAMES = ["salesmate", ...PARTNER_NAMES] as const;
export type GameName = (typeof GAME_NAMES)[number];

/** A plan, as people are told of it. */
export interface ToldPlan extends Cuttable {
  readonly seed: number;
  readonly habits: object;
}

/** HighLevel and one partner, as they are played. */
export interface Game {
  readonly play: (seed: number, options?: RunOptions) => Promise<Verdict>;
  /** Cuts a seed that failed down to what it fails by, as long as there is time. */
  readonly cutDown: (
    seed: number,
    verdict: Verdict,
    isTime: () => boolean,
  ) => Promise<{ readonly plan: ToldPlan; readonly verdict: Verdict }>;
  /** What a sweep can come to. */
  readonly outcomes: readonly Outcome[];
  /** What a sweep should have come to, and did not. */
  readonly missedBy: (tally: Pick<Tally, "seeds" | "reached">) => readonly Outcome[];
}

/** Something that a sweep can come to. */
export interface Outcome {
  readonly name: string;
  readonly meaning: string;
}

/** How a game is played. @throws Error for a name that nobody has */
export function gameNamed(name: string): Game & { readonly name: GameName } {
  const known = GAME_NAMES.find((one) => one === name);
  if (known === undefined) throw new Error(`nobody is called "${name}"; known are ${GAME_NAMES.join(", ")}`);
  if (known === "salesmate") return { name: known, ...gameOf(planOf, run), outcomes: OUTCOMES, missedBy };
  const play = gameOf((seed) => pairPlanOf(known, seed), runPair);
  return { name: known, ...play, outcomes: PAIR_OUTCOMES, missedBy: missedByPair };
}

function gameOf<Plan extends ToldPlan>(
  plan: (seed: number) => Plan,
  play: (plan: Plan, options?: RunOptions) => Promise<Verdict>,
): Pick<Game, "play" | "cutDown"> {
  return {
    play: (seed, options) => play(plan(seed), options),
    cutDown: (seed, verdict, isTime) =>
      shrink(plan(seed), verdict, async (shorter: Plan) => (isTime() ? play(shorter) : undefined)),
  };
}
