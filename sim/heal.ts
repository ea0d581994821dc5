import { answerAll } from "./answers.ts";
import { allowDeletions } from "./play.ts";
import { HOUR_MS, WORKSPACE_ID } from "./rules.ts";
import type { World } from "./world.ts";

/** Longer than every hold, backoff and refusal, two sweeps, and what was marked while healing, ms. */
const CALM_MS = 3 * HOUR_MS;
/** Enough to carry what was allowed, ms. */
const CARRY_MS = 300_000;
/** Enough for each connection to show whether it works. */
const CHECK_MS = HOUR_MS / 3;

/** Faults stop, people mend what only people can mend, and time passes. */
export async function heal(world: World): Promise<void> {
  const { network, partners, clock, hubs } = world;
  world.trace.note("heal");
  network.mend();
  partners.highlevel.control.faults.set({ faults: [], webhooks: NO_WEBHOOK_FAULTS });
  partners.salesmate.control.faults.set([]);
  for (const { life } of hubs) life.endAtAwait(Number.POSITIVE_INFINITY, "before");
  await resume(world);
  await clock.advance(CHECK_MS);
  await reconnectIfBroken(world);
  await clock.advance(CHECK_MS);
  // A refresh can have failed for good only now, after the first connection was found working.
  await reconnectIfBroken(world);
  await allowDeletions(world);
  await clock.advance(CALM_MS);
  // What only a full comparison could find was proved to be gone since, and may have been held anew.
  await allowDeletions(world);
  await clock.advance(CARRY_MS);
  if (world.habits.isAnswering === true) await answerEverything(world);
}

/** One answer can raise the next question. */
const ROUNDS = 4;
/** Longer than it takes to carry an answer out, a create whose outcome is looked for included, ms. */
const ANSWERED_MS = HOUR_MS / 4;

async function answerEverything(world: World): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    await answerAll(world);
    await world.clock.advance(ANSWERED_MS);
  }
}

const NO_WEBHOOK_FAULTS = { lose: 0, double: 0, lateMs: 0, shuffle: false, forge: 0 };

async function resume(world: World): Promise<void> {
  // One that is about to start again takes a moment; where none ever began, one begins now.
  if (world.hub() === undefined) world.startHub();
  await world.clock.advance(1_000);
  for (const { config } of await world.store.syncs(WORKSPACE_ID)) {
    await world.store.setSyncPaused(WORKSPACE_ID, config.id, false);
    void world.hub()?.work.lanes.refresh(WORKSPACE_ID);
  }
}

async function reconnectIfBroken(world: World): Promise<void> {
  const row = await world.store.connection(WORKSPACE_ID, "highlevel");
  if (row?.health.status === "broken") world.reconnect();
}
