import type { JournalEntry, Link } from "../engine/ports.ts";
import { MORE_OUTCOMES } from "./censusMore.ts";
import { WIRE_FAULTS } from "./network.ts";
import { SYNC_ID, WORKSPACE_ID } from "./rules.ts";
import type { Tally } from "./sweep.ts";
import type { World } from "./world.ts";

/** Something that a long sweep must reach, so that it can be told from one that has gone blind. */
export interface Outcome {
  readonly name: string;
  readonly meaning: string;
  readonly isReached: (world: World, kept: Kept) => boolean;
}

/** What the hub kept of a run. */
export interface Kept {
  readonly journal: readonly JournalEntry[];
  readonly links: readonly Link[];
}

const KEPT_MAX = 10_000;

/** Every outcome that a sweep of a thousand seeds must reach. */
export const OUTCOMES: readonly Outcome[] = [
  outcome("created left", "a record was made at HighLevel", ({ network }) =>
    network.calls.some((call) => call.method === "POST" && call.path === "/contacts/" && call.status === 201),
  ),
  outcome("created right", "a record was made at Salesmate", ({ network }) =>
    network.calls.some((call) => call.method === "POST" && call.path === "/apis/contact/v4"),
  ),
  verdict("updated", "a change was carried"),
  verdict("linked", "two records were found to be one person"),
  verdict("ambiguous", "nobody could say who is meant, and a person is asked"),
  outcome("conflict", "a field waits for a person at the end", (_world, { links }) =>
    links.some(({ conflicts }) => conflicts.length > 0),
  ),
  verdict("deleted", "a deletion was carried or remembered"),
  verdict("unlinked", "a counterpart was kept and is no longer followed"),
  verdict("failed", "a key failed and said so"),
  outcome("duplicate webhook", "a webhook came twice and was worked once", ({ notes }) =>
    notes.verdicts.includes("duplicate"),
  ),
  outcome("forged webhook", "a stranger's webhook was refused", ({ notes }) => notes.verdicts.includes("forged")),
  outcome("token refreshed", "HighLevel gave a new pair of tokens", ({ network }) =>
    network.calls.some(({ purpose, status }) => purpose === "token" && status === 200),
  ),
  outcome("refresh refused", "HighLevel refused a refresh token, and a person connected anew", ({ network }) =>
    network.calls.some(({ purpose, status }) => purpose === "token" && status === 400),
  ),
  outcome("lane taken", "a process learned that another had taken its lane", ({ notes }) =>
    notes.log.some(({ message }) => message.includes("another hub has taken over")),
  ),
  outcome("crash", "a process died in the middle of something", ({ hubs }) =>
    hubs.slice(0, -1).some(({ life }) => life.isOver()),
  ),
  outcome("rate limited", "a partner asked to slow down", ({ network }) =>
    network.calls.some(({ status }) => status === 429),
  ),
  outcome("held deletion", "more deletions than the limit waited for a person", (_world, { journal }) =>
    journal.some(({ verdict: what, summary }) => what === "waiting" && /delet/i.test(summary)),
  ),
  outcome("poll caught", "a poll carried what no webhook told", (_world, { journal }) =>
    journal.some(({ reason, verdict: what }) => reason === "poll" && what === "updated"),
  ),
  outcome("sweep caught", "a full comparison found what neither webhook nor poll told", (_world, { journal }) =>
    journal.some(({ reason }) => reason === "sweep"),
  ),
  outcome("found by look-up", "a create whose answer was lost was found at the partner", (_world, { journal }) =>
    journal.some(({ verdict: what, summary }) => what === "linked" && summary.includes("Found")),
  ),
  ...WIRE_FAULTS.map((fault) =>
    outcome(`wire ${fault}`, "the wire did this to a request", ({ network }) => network.struck.has(fault)),
  ),
  ...MORE_OUTCOMES,
];

function outcome(name: string, meaning: string, isReached: Outcome["isReached"]): Outcome {
  return { name, meaning, isReached };
}

function verdict(name: JournalEntry["verdict"], meaning: string): Outcome {
  return outcome(name, meaning, (_world, { journal }) => journal.some((entry) => entry.verdict === name));
}

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
