import { PRIORITIES } from "../../kit/http.ts";
import { SIDES } from "../../model/record.ts";
import { HOUR_MS, SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import { CHILD_SYNCS } from "./document.ts";
import { goWrong } from "./play.ts";
import type { PairWorld } from "./world.ts";

/** Longer than every hold, backoff and refusal, two sweeps, and what was marked while healing, ms. */
const CALM_MS = 2.2 * HOUR_MS;
/** Enough to carry what was allowed, ms. */
const CARRY_MS = 300_000;
/** Enough for each connection to show whether it works. */
const CHECK_MS = HOUR_MS / 6;

const NO_FAULTS = { faults: [], webhooks: { lose: 0, double: 0, lateMs: 0, shuffle: false, forge: 0 } };

/** Faults stop, people mend what only people can mend, and time passes. */
export async function healPair(world: PairWorld): Promise<void> {
  const { network, clock, hubs, trace } = world;
  trace.note("heal");
  network.mend();
  for (const side of SIDES) goWrong(world, side, NO_FAULTS);
  for (const { life } of hubs) life.endAtAwait(Number.POSITIVE_INFINITY, "before");
  if (world.hub() === undefined) world.startHub();
  await clock.advance(CHECK_MS);
  await reconnectIfBroken(world);
  await clock.advance(CHECK_MS);
  await allowDeletions(world);
  await clock.advance(CALM_MS);
  // What only a full comparison could find was proved to be gone since, and may have been held anew.
  await allowDeletions(world);
  await clock.advance(CARRY_MS);
}

async function reconnectIfBroken(world: PairWorld): Promise<void> {
  for (const id of ["highlevel", world.partner.name]) {
    const row = await world.store.connection(WORKSPACE_ID, id);
    if (row?.health.status === "broken") return world.reconnect();
  }
}

const SYNC_IDS = [SYNC_ID, ...Object.keys(CHILD_SYNCS)];

/** A person lets the deletions happen that were held. */
async function allowDeletions(world: PairWorld): Promise<void> {
  await asked(
    world,
    SYNC_IDS.map((syncId) => ({ syncId, key: `deletions:${syncId}`, priority: PRIORITIES.live })),
  );
}

/** A person asks for a full comparison of both sides. */
export async function comparePair(world: PairWorld): Promise<void> {
  const keys = SYNC_IDS.flatMap((syncId) => SIDES.map((side) => ({ syncId, key: `sweep:${syncId}:${side}` })));
  await asked(
    world,
    keys.map((key) => ({ ...key, priority: PRIORITIES.sweep })),
  );
}

type Asked = Pick<Parameters<PairWorld["store"]["mark"]>[1][number], "syncId" | "key" | "priority">;

async function asked({ store, clock, hub }: PairWorld, keys: readonly Asked[]): Promise<void> {
  await store.mark(
    WORKSPACE_ID,
    keys.map((key) => ({ ...key, dueAt: clock.now(), reason: "person" })),
  );
  hub()?.work.lanes.wake(WORKSPACE_ID);
}
