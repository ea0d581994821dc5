import { DatabaseSync } from "node:sqlite";
import type { DueMark } from "../engine/ports.ts";
import { PRIORITIES } from "../model/priority.ts";
import type { HubStore } from "../store/port.ts";
import { linkOfPerson, mappingOfPeople, SYNC } from "./people.ts";

/**
 * What a lane finds when it is opened: linked contacts, all of them due, and perhaps a great many other keys behind them.
 * Says on standard error how far it has come.
 */

/** Effects and marks in one application. */
const BATCH = 500;
/** Applications under way at once, so that they share their commits. */
const AT_ONCE = 4;
/** How often it says how far it has come, ms. */
const SAY_MS = 2_000;

/** Stores so many linked contacts, and a due key for each. */
export async function fillLinks(hub: HubStore, links: number): Promise<void> {
  const lane = await hub.takeLane(SYNC.workspaceId, "filling", Date.now());
  const mapping = mappingOfPeople();
  const read = { syncId: SYNC.id, side: "left", seen: links, finishedAt: 1 } as const;
  await hub.apply(lane, [
    { kind: "checkpoint", checkpoint: { ...read, kind: "match" } },
    { kind: "checkpoint", checkpoint: { ...read, kind: "start", mode: "full" } },
  ]);
  await inBatches("links", links, (numbers) =>
    hub.apply(
      lane,
      numbers.map((number) => {
        const link = linkOfPerson(mapping, number);
        const known = [`email:${link.left?.fields.email}`, `phone:${link.left?.fields.phone}`];
        return { kind: "saveLink", link, keys: { left: known, right: known } };
      }),
    ),
  );
  await markKeys(hub, links);
}

/** Marks the keys of the first so many contacts; urgency puts the first ones first. */
export function markKeys(hub: HubStore, keys: number): Promise<void> {
  const now = Date.now();
  const markOf = (number: number): DueMark => ({
    key: keyOf(number),
    syncId: SYNC.id,
    priority: PRIORITIES.live,
    dueAt: now - keys + number,
    reason: "webhook",
  });
  return inBatches("keys", keys, (numbers) => hub.mark(SYNC.workspaceId, numbers.map(markOf)));
}

/** The key of a contact. */
export function keyOf(number: number): string {
  return `record:${SYNC.id}:left:L${number}`;
}

/**
 * Marks keys from `from` up to `to` in a file that nobody else has open, in one statement. They are due since this moment,
 * after those that are marked already.
 */
export function fillDue(file: string, from: number, to: number): void {
  const db = new DatabaseSync(file);
  db.prepare(`
    with recursive numbers (n) as (select ? union all select n + 1 from numbers where n + 1 < ?)
    insert into due (workspace_id, key, sync_id, state, priority, due_at, reason, generation, attempts)
    select ?, ? || n, ?, 'due', ?, ?, 'webhook', 1, 0 from numbers
  `).run(from, to, SYNC.workspaceId, keyOf(0).slice(0, -1), SYNC.id, PRIORITIES.live, Date.now());
  db.close();
}

async function inBatches(
  what: string,
  count: number,
  store: (numbers: readonly number[]) => Promise<unknown>,
): Promise<void> {
  let next = 0;
  let saidAt = performance.now();
  const runner = async (): Promise<void> => {
    while (next < count) {
      const from = next;
      next += BATCH;
      await store(Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => from + place));
      if (performance.now() - saidAt < SAY_MS) continue;
      saidAt = performance.now();
      process.stderr.write(`  … ${from} of ${count} ${what} stored\n`);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}
