import { text } from "node:stream/consumers";
import { openLane } from "../engine/index.ts";
import type { Clock, DueMark, Effect, EngineStore, Sync } from "../engine/ports.ts";
import { PRIORITIES } from "../model/priority.ts";
import type { Side } from "../model/record.ts";
import { openStore } from "../store/index.ts";
import type { HubStore } from "../store/port.ts";
import { LaneOrder, type LaneRun } from "./laneOrder.ts";
import { inParallel } from "./load.ts";
import { linkIdOf, linkOfPerson, mappingOfPeople, type PartnerOfPeople, partnerOfPeople, SYNC } from "./people.ts";

/**
 * One run of a lane in a process of its own, told on standard input what to do; prints what it measured as one line.
 * With `fill`, the links and due keys are stored first; with `work`, a lane is opened and works that many keys.
 */
const BATCH = 500;
/** As many as a lane works on at once. */
const CALLERS = 48;

const CLOCK: Clock = {
  now: Date.now,
  after: (ms, callback) => {
    const timer = setTimeout(callback, ms);
    return () => clearTimeout(timer);
  },
};

const order = LaneOrder.parse(JSON.parse(await text(process.stdin)));
const store = openStore(order.store);
await store.migrate();
if (order.fill !== undefined) await fill(store, order.fill);
if (order.work !== undefined) process.stdout.write(`${JSON.stringify(await work(store, order.work))}\n`);
await store.close();

async function fill(hub: HubStore, { links, keys }: { links: number; keys: number }): Promise<void> {
  const lane = await hub.takeLane(SYNC.workspaceId, "filling", Date.now());
  const mapping = mappingOfPeople();
  const read = { syncId: SYNC.id, side: "left", seen: links, finishedAt: 1 } as const;
  await hub.apply(lane, [
    { kind: "checkpoint", checkpoint: { ...read, kind: "match" } },
    { kind: "checkpoint", checkpoint: { ...read, kind: "start", mode: "full" } },
  ]);
  await inBatches(links, (numbers) =>
    hub.apply(
      lane,
      numbers.map((number) => {
        const link = linkOfPerson(mapping, number);
        const known = [`email:${link.left?.fields.email}`, `phone:${link.left?.fields.phone}`];
        return { kind: "saveLink", link, keys: { left: known, right: known } };
      }),
    ),
  );
  await markKeys(hub, keys);
}

function markKeys(hub: HubStore, keys: number): Promise<void> {
  const now = Date.now();
  // Urgency puts the first ones first.
  return inBatches(keys, (numbers) =>
    hub.mark(
      SYNC.workspaceId,
      numbers.map(
        (number): DueMark => ({
          key: keyOf(number),
          syncId: SYNC.id,
          priority: PRIORITIES.live,
          dueAt: now - keys + number,
          reason: "webhook",
        }),
      ),
    ),
  );
}

function keyOf(number: number): string {
  return `record:${SYNC.id}:left:L${number}`;
}

async function inBatches(count: number, store: (numbers: readonly number[]) => Promise<unknown>): Promise<void> {
  for (let from = 0; from < count; from += BATCH) {
    await store(Array.from({ length: Math.min(BATCH, count - from) }, (_, place) => from + place));
  }
}

async function work(hub: HubStore, { keys, links, hasMoved, hasFloor }: NonNullable<typeof order.work>) {
  const partners: Record<Side, PartnerOfPeople> = {
    left: partnerOfPeople("left", links, hasMoved),
    right: partnerOfPeople("right", links, false),
  };
  const sample: Effect[] = [];
  const done = Promise.withResolvers<void>();
  let settled = 0;
  const counting: EngineStore = {
    ...hub,
    apply: async (lane, effects) => {
      await hub.apply(lane, effects);
      const isRecord = effects.some((effect) => effect.kind === "settle" && effect.key.startsWith("record:"));
      if (!isRecord) return;
      if (settled === 0) sample.push(...effects);
      settled += 1;
      if (settled === keys) done.resolve();
    },
  };
  const timed = stopwatch();
  const worker = await openLane({
    workspaceId: SYNC.workspaceId,
    holder: "bench",
    store: counting,
    syncs: [SYNC satisfies Sync],
    partnerOf: (_workspaceId, connectionId) => (connectionId === SYNC.left ? partners.left : partners.right),
    clock: CLOCK,
    random: Math.random,
    log: { info: () => undefined, warn: complain, error: complain },
    news: () => undefined,
  });
  await done.promise;
  const measured = timed();
  await worker.stop();
  const written = partners.right.written();
  if (written !== (hasMoved ? keys : 0)) throw new Error(`${written} records were written, of ${keys}`);
  const maxRssMb = process.resourceUsage().maxRSS / 1024;
  const floor = hasFloor ? await storeBarely(hub, sample, keys) : undefined;
  return { keys, ...measured, maxRssMb, ...(floor === undefined ? {} : { floor }) } satisfies LaneRun;
}

function complain(fields: object, message: string): void {
  process.stderr.write(`${message}: ${JSON.stringify(fields)}\n`);
}

function stopwatch(): () => { readonly seconds: number; readonly cpuSeconds: number } {
  const [startedAt, cpu] = [performance.now(), process.cpuUsage()];
  return () => {
    const { user, system } = process.cpuUsage(cpu);
    return { seconds: (performance.now() - startedAt) / 1_000, cpuSeconds: (user + system) / 1_000_000 };
  };
}

/** Stores what the lane stored, for as many records, with no engine: nothing is read, decided or asked. */
async function storeBarely(hub: HubStore, sample: readonly Effect[], keys: number) {
  await markKeys(hub, keys);
  const lane = await hub.takeLane(SYNC.workspaceId, "barely", Date.now());
  const timed = stopwatch();
  const numbers = Array.from({ length: keys }, (_, number) => number);
  await inParallel(numbers, CALLERS, (number) =>
    hub.apply(
      lane,
      sample.map((effect) => ofNumber(effect, number)),
    ),
  );
  return timed();
}

function ofNumber(effect: Effect, number: number): Effect {
  switch (effect.kind) {
    case "saveLink": {
      const { link } = effect;
      if (link.left === undefined || link.right === undefined) return effect;
      const left = { ...link.left, externalId: `L${number}` };
      const right = { ...link.right, externalId: `R${number}` };
      return { kind: "saveLink", link: { ...link, id: linkIdOf(number), left, right } };
    }
    case "journal":
      return { kind: "journal", entry: { ...effect.entry, id: `floor-${String(number).padStart(9, "0")}` } };
    case "settle":
      return { kind: "settle", key: keyOf(number), generation: 1 };
    default:
      return effect;
  }
}
