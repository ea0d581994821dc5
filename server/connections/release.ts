import type { DueKey, DueMark } from "../../engine/ports.ts";
import type { HubStore } from "../../store/port.ts";

/** What letting keys go asks of the store. */
export type ReleaseStore = Pick<HubStore, "syncs" | "troubledKeys" | "mark">;

const PAGE = 200;
/** Failures that wait for a person to sign in anew. */
const WAITS_FOR_SIGN_IN: ReadonlySet<string> = new Set(["unauthorized", "forbidden", "misconfigured"]);

/**
 * Makes due at once what waits for a connection to be signed in anew: each key would else wait out the time that it was
 * put off for. @returns how many keys
 */
export async function releaseWaiting(
  store: ReleaseStore,
  workspaceId: string,
  connectionId: string,
  now: number,
): Promise<number> {
  const rows = await store.syncs(workspaceId);
  const concerned = rows.filter(({ config }) => config.left === connectionId || config.right === connectionId);
  const syncIds = new Set(concerned.map(({ config }) => config.id));
  const keys = await waiting(store, workspaceId, now);
  const marks = keys.filter(({ syncId }) => syncIds.has(syncId)).map((key) => markOf(key, now));
  if (marks.length > 0) await store.mark(workspaceId, marks);
  return marks.length;
}

/** Read whole before any is marked, as marking moves a key in the list. */
async function waiting(store: ReleaseStore, workspaceId: string, now: number): Promise<readonly DueKey[]> {
  const found: DueKey[] = [];
  let before: string | undefined;
  for (;;) {
    const page = await store.troubledKeys(workspaceId, { state: "due", limit: PAGE, ...(before && { before }) });
    found.push(...page.filter(({ error, dueAt }) => dueAt > now && WAITS_FOR_SIGN_IN.has(error?.kind ?? "")));
    before = page.at(-1)?.key;
    if (page.length < PAGE) return found;
  }
}

function markOf({ key, syncId, priority, reason }: DueKey, now: number): DueMark {
  return { key, syncId, priority, reason, dueAt: now };
}
