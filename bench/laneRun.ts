import { text } from "node:stream/consumers";
import { openLane } from "../engine/index.ts";
import type { Clock, Effect, EngineStore, Sync } from "../engine/ports.ts";
import type { Side } from "../model/record.ts";
import { openStore } from "../store/index.ts";
import type { HubStore } from "../store/port.ts";
import { fillLinks, keyOf, markKeys } from "./laneFill.ts";
import { LaneOrder, type LaneRun } from "./laneOrder.ts";
import { inParallel } from "./load.ts";
import { linkIdOf, type PartnerOfPeople, partnerOfPeople, SYNC } from "./people.ts";

/**
 * One run of a lane in a process of its own, told on standard input what to do; prints what it measured as one line.
 * With `fill`, the links and due keys are stored first; with `work`, a lane is opened and works that many keys.
 */

/** As many as a lane has on their way into the store at once. */
const CALLERS = 144;
/** So many rows tell how fast the store alone takes them. */
const FLOOR_KEYS = 25_000;
/** How often it says how far it has come, keys. */
const SAY_KEYS = 10_000;

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
if (order.fill !== undefined) await fillLinks(store, order.fill.links);
if (order.work !== undefined) process.stdout.write(`${JSON.stringify(await work(store, order.work))}\n`);
await store.close();

async function work(hub: HubStore, { keys, links, hasMoved, hasFloor }: NonNullable<typeof order.work>) {
  const partners: Record<Side, PartnerOfPeople> = {
    left: partnerOfPeople("left", links, hasMoved),
    right: partnerOfPeople("right", links, false),
  };
  const sample: Effect[] = [];
  const done = Promise.withResolvers<void>();
  let settled = 0;
  let earlyRssMb = 0;
  const counting: EngineStore = {
    ...hub,
    apply: async (lane, effects) => {
      await hub.apply(lane, effects);
      const isRecord = effects.some((effect) => effect.kind === "settle" && effect.key.startsWith("record:"));
      if (!isRecord) return;
      if (settled === 0) sample.push(...effects);
      settled += 1;
      if (settled === Math.ceil(keys / 5)) earlyRssMb = residentMb();
      if (settled % SAY_KEYS === 0) process.stderr.write(`  … ${settled} of ${keys} keys worked\n`);
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
  const measured = { ...timed(), earlyRssMb, lateRssMb: residentMb() };
  await worker.stop();
  const written = partners.right.written();
  if (hasMoved ? written < keys : written > 0) throw new Error(`${written} records were written, of ${keys}`);
  const maxRssMb = process.resourceUsage().maxRSS / 1024;
  const floor = hasFloor ? await storeBarely(hub, sample, Math.min(keys, FLOOR_KEYS)) : undefined;
  return { keys, ...measured, maxRssMb, ...(floor === undefined ? {} : { floor }) } satisfies LaneRun;
}

function residentMb(): number {
  return process.memoryUsage.rss() / 2 ** 20;
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

/** Stores what the lane stored, for so many records, with no engine: nothing is read, decided or asked. */
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
  return { keys, ...timed() };
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
