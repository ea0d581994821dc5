import type { Link } from "../../../engine/ports.ts";
import type { HubStore } from "../../../store/port.ts";

/** So many questions are taken for one; more than a person looks at together. */
const TOGETHER_MAX = 50;

/**
 * The other records with a question that hangs together with this one's: whom it could be, whom those could be, and so on.
 * What is said of one of them may settle the others.
 */
export async function askedTogether(store: HubStore, workspaceId: string, link: Link): Promise<readonly Link[]> {
  const found = new Map([[link.id, link]]);
  let next = namedBy([link]);
  while (next.length > 0 && found.size < TOGETHER_MAX) {
    const met = await store.links(workspaceId, next);
    for (const one of met) found.set(one.id, one);
    next = namedBy(met).filter((id) => !found.has(id));
  }
  return [...found.values()].filter(({ id, ambiguity }) => id !== link.id && ambiguity !== undefined);
}

function namedBy(links: readonly Link[]): string[] {
  return [...new Set(links.flatMap(({ ambiguity }) => ambiguity?.candidates.map(({ linkId }) => linkId) ?? []))];
}
