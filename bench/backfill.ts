import { quantile } from "./load.ts";
import {
  type Emulators,
  freePort,
  listBarely,
  pause,
  startEmulators,
  startFloor,
  startHub,
  temporaryFolder,
} from "./processes.ts";
import { type Calls, configure, type Rig, readingEndedAt, startRig, untilLinked } from "./rig.ts";
import type { Row } from "./table.ts";

const CONTACTS = 100_000;
/** How each side is listed, and in how many pages. */
const LISTINGS = [
  { side: "left", partner: "highlevel", route: "POST /contacts/search", pages: CONTACTS / 500 },
  { side: "right", partner: "salesmate", route: "POST /apis/contact/v4/search", pages: CONTACTS / 250 },
] as const;
/** How long hub and floor stand idle before their memory is read, ms. */
const IDLE_MS = 3_000;
const START_RUNS = 5;

/** The first reading of 100,000 contacts that are equal on both sides, and the memory it takes. */
export async function benchBackfill(): Promise<Row[]> {
  const options = { contacts: CONTACTS };
  const rig = await startRig(options);
  const floor = await startFloor({ ...bareConfig(rig.emulators) });
  try {
    await pause(IDLE_MS);
    const idle = { hub: rig.hub.memoryMb(), floor: floor.memoryMb() };
    const bare = await listBarely(rig.emulators);
    await Promise.all(Object.values(rig.control).map((control) => control.clearCalls()));
    let peakMb = 0;
    const startedAt = performance.now();
    await configure(rig, options);
    await untilLinked(rig, CONTACTS, () => {
      peakMb = Math.max(peakMb, rig.hub.memoryMb());
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    return [
      await callsRow(rig),
      timeRow(seconds, bare.seconds),
      memoryRow("resident memory, idle", idle.hub, idle.floor, 150),
      memoryRow("resident memory, most during that reading", peakMb, bare.maxRssMb, 350),
    ];
  } finally {
    await floor.stop();
    await rig.close();
  }
}

/** What one partner received: listing calls by what made them, the reading or the polls after it, and all others. */
interface Received {
  readonly pages: number;
  readonly reading: number;
  readonly polls: number;
  readonly counts: Calls["counts"];
}

/**
 * The polls are due once both readings have been matched, so whatever is listed after a reading has stored its last page
 * is theirs. They are taken from the count of all calls: should the emulator's list of calls not reach back to them, the
 * reading is charged with too many and never with too few.
 */
async function receivedBy(rig: Rig, { side, partner, route, pages }: (typeof LISTINGS)[number]): Promise<Received> {
  const endedAt = await readingEndedAt(rig, side);
  const { calls, counts } = await rig.control[partner].calls();
  const polls = calls.filter(({ method, path, at }) => `${method} ${path}` === route && at > endedAt).length;
  return { pages, reading: (counts[route] ?? 0) - polls, polls, counts };
}

async function callsRow(rig: Rig): Promise<Row> {
  const sides = await Promise.all(LISTINGS.map((listing) => receivedBy(rig, listing)));
  const writes = sum(
    sides.map(({ counts }) =>
      callsLike(counts, /^(PUT|DELETE|PATCH) |^POST \/contacts\/?$|^POST \/apis\/contact\/v4$/),
    ),
  );
  const reads = sum(sides.map(({ counts }) => callsLike(counts, /^GET .*contact.*:/)));
  const reading = sum(sides.map((side) => side.reading));
  const pages = sum(sides.map((side) => side.pages));
  const polls = sum(sides.map((side) => side.polls));
  return {
    what: "first reading of 100,000 equal contacts: calls",
    figure: `${reading} for pages, ${reads} single reads, ${writes} writes; then ${polls} by the first polls`,
    floor: `${pages} pages`,
    ratio: reading / pages,
    toReach: "at most one call per page and side, no write",
    isReached: sides.every((side) => side.reading <= side.pages) && reads === 0 && writes === 0,
  };
}

function callsLike(counts: Readonly<Record<string, number>>, routes: RegExp): number {
  const matching = Object.entries(counts).filter(([route]) => routes.test(route));
  return sum(matching.map(([, count]) => count));
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

function timeRow(seconds: number, floorSeconds: number): Row {
  return {
    what: "first reading of 100,000 equal contacts: time",
    figure: `${seconds.toFixed(1)} s`,
    floor: `${floorSeconds.toFixed(1)} s`,
    ratio: seconds / floorSeconds,
    toReach: "none set",
  };
}

function memoryRow(what: string, hubMb: number, floorMb: number, belowMb: number): Row {
  return {
    what,
    figure: `${Math.round(hubMb)} MB`,
    floor: `${Math.round(floorMb)} MB`,
    ratio: hubMb / floorMb,
    toReach: `under ${belowMb} MB`,
    isReached: hubMb < belowMb,
  };
}

/** A floor that only has to start and to stand there. */
function bareConfig({ highlevel, salesmate }: Pick<Emulators, "highlevel" | "salesmate">): object {
  return { mode: "intake", publicKey: highlevel.publicKeys.ed25519, highlevel, salesmate, pairs: {} };
}

/** From starting the process to its answering that it is ready, with a store that is there already; medians of five. */
export async function benchStart(): Promise<Row[]> {
  const folder = temporaryFolder();
  const emulators = await startEmulators("http://127.0.0.1:9/");
  try {
    const first = await startHub(await freePort(), folder.path);
    await first.stop();
    const times: { hub: number; floor: number }[] = [];
    for (let run = 0; run < START_RUNS; run += 1) {
      const hub = await startHub(await freePort(), folder.path);
      await hub.stop();
      const floor = await startFloor(bareConfig(emulators));
      await floor.stop();
      times.push({ hub: hub.readyMs, floor: floor.readyMs });
    }
    const hubMs = quantile(
      times.map((time) => time.hub),
      0.5,
    );
    const floorMs = quantile(
      times.map((time) => time.floor),
      0.5,
    );
    return [
      {
        what: "start to ready, store already there",
        figure: `${(hubMs / 1_000).toFixed(2)} s`,
        floor: `${(floorMs / 1_000).toFixed(2)} s`,
        ratio: hubMs / floorMs,
        toReach: "under 2 s",
        isReached: hubMs < 2_000,
      },
    ];
  } finally {
    await emulators.stop();
    folder.remove();
  }
}
