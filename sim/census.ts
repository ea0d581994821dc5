import { ACT_OUTCOMES } from "./outcomes/acts.ts";
import { ANSWER_OUTCOMES } from "./outcomes/answers.ts";
import { CONTACT_OUTCOMES } from "./outcomes/contacts.ts";
import { JOT_OUTCOMES } from "./outcomes/jots.ts";
import type { Outcome } from "./outcomes/outcome.ts";
import { SYNC_ID, WORKSPACE_ID } from "./rules.ts";
import type { Tally } from "./sweep.ts";
import type { World } from "./world.ts";

const KEPT_MAX = 10_000;

/** Every outcome that a sweep of a thousand seeds must reach. */
export const OUTCOMES: readonly Outcome[] = [...CONTACT_OUTCOMES, ...JOT_OUTCOMES, ...ACT_OUTCOMES, ...ANSWER_OUTCOMES];

/** A shorter sweep may miss some outcome by chance. */
const CENSUS_SEEDS = 1_000;

/** The outcomes that a sweep should have reached and did not. */
export function missedBy({ seeds, reached }: Pick<Tally, "seeds" | "reached">): readonly Outcome[] {
  return seeds < CENSUS_SEEDS ? [] : OUTCOMES.filter(({ name }) => (reached[name] ?? 0) === 0);
}

/** What a run reached. */
export async function reachedIn(world: World): Promise<ReadonlySet<string>> {
  const journal = await world.store.journal(WORKSPACE_ID, { limit: KEPT_MAX });
  const links = await world.store.linksAfter(WORKSPACE_ID, SYNC_ID, { limit: KEPT_MAX });
  return new Set(OUTCOMES.filter(({ isReached }) => isReached(world, { journal, links })).map(({ name }) => name));
}
