import { type ReplayReport, replayEntries } from "../../engine/index.ts";
import type { JournalEntry } from "../../engine/ports.ts";
import { WORKSPACE_ID } from "../rules.ts";
import type { World } from "../world.ts";

const PAGE = 500;

/** Every decision that was kept comes out the same to the byte when it is made anew. SPEC: J3, J4. */
export async function changedDecisions(world: Pick<World, "store">): Promise<readonly string[]> {
  const { incomplete, differences } = await replayed(world);
  const partial = `${incomplete} decisions can not be made anew, because not all is kept that they were made from`;
  return [
    ...(incomplete > 0 ? [partial] : []),
    ...differences.map(({ entry, was, is }) => `"${entry.summary}" was decided by ${was}, and would be by ${is}`),
  ];
}

/** Makes anew all decisions that a run's journal holds. */
export async function replayed({ store }: Pick<World, "store">): Promise<ReplayReport> {
  const entries: JournalEntry[] = [];
  for (let before: string | undefined; ; ) {
    const page = await store.journal(WORKSPACE_ID, { limit: PAGE, ...(before !== undefined && { before }) });
    entries.push(...page);
    before = page.at(-1)?.id;
    if (before === undefined) break;
  }
  const versions = new Set(entries.flatMap(({ detail }) => detail.mapping ?? []));
  return replayEntries(entries, await store.mappings(WORKSPACE_ID, [...versions]));
}
