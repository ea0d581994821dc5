import { freePort, startHub, temporaryFolder } from "./processes.ts";
import { configure, startRig, untilLinked } from "./rig.ts";
import type { Row } from "./table.ts";

const CONTACTS = 100_000;
const LIST_PAGES = { "POST /contacts/search": CONTACTS / 500, "POST /apis/contact/v4/search": CONTACTS / 250 };
/** Ways to ask for definitions, owners and the like: no reading of contacts. */
const IDLE_MS = 3_000;

/** The first reading of 100,000 contacts that are equal on both sides, the memory it takes, and a start with that store. */
export async function benchBackfill(): Promise<Row[]> {
  const options = { contacts: CONTACTS };
  const rig = await startRig(options);
  try {
    await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
    const idleMb = rig.hub.memoryMb();
    let peakMb = 0;
    const startedAt = performance.now();
    await configure(rig, options);
    await untilLinked(rig, CONTACTS, () => {
      peakMb = Math.max(peakMb, rig.hub.memoryMb());
    });
    const seconds = (performance.now() - startedAt) / 1_000;
    const counts = { ...(await rig.control.highlevel.counts()), ...(await rig.control.salesmate.counts()) };
    return [...readingRows(counts, seconds), ...memoryRows(idleMb, peakMb)];
  } finally {
    await rig.close();
  }
}

function readingRows(counts: Readonly<Record<string, number>>, seconds: number): Row[] {
  const pages = Object.keys(LIST_PAGES).reduce((sum, route) => sum + (counts[route] ?? 0), 0);
  const wanted = Object.values(LIST_PAGES).reduce((sum, count) => sum + count, 0);
  const writes = Object.entries(counts)
    .filter(([route]) => /^(PUT|DELETE|PATCH) |^POST \/contacts\/?$|^POST \/apis\/contact\/v4$/.test(route))
    .reduce((sum, [, count]) => sum + count, 0);
  const reads = Object.entries(counts)
    .filter(([route]) => /^GET .*contact.*:/.test(route))
    .reduce((sum, [, count]) => sum + count, 0);
  return [
    {
      what: "first reading of 100,000 equal contacts: calls",
      figure: `${pages} list calls, ${reads} single reads, ${writes} writes`,
      floor: `${wanted} pages`,
      ratio: pages / wanted,
      toReach: "at most one call per page and side, no write",
      isReached: pages <= wanted + 2 && reads === 0 && writes === 0,
    },
    {
      what: "first reading of 100,000 equal contacts: time",
      figure: `${seconds.toFixed(1)} s, ${Math.round((2 * CONTACTS) / seconds)} records per second`,
      toReach: "no target",
    },
  ];
}

function memoryRows(idleMb: number, peakMb: number): Row[] {
  return [
    {
      what: "resident memory, idle",
      figure: `${Math.round(idleMb)} MB`,
      toReach: "under 150 MB",
      isReached: idleMb < 150,
    },
    {
      what: "resident memory, during that reading",
      figure: `${Math.round(peakMb)} MB at most`,
      toReach: "under 350 MB",
      isReached: peakMb < 350,
    },
  ];
}

/** From starting the process to its answering that it is ready, with a store that is there already; the median of five. */
export async function benchStart(): Promise<Row[]> {
  const folder = temporaryFolder();
  try {
    const first = await startHub(await freePort(), folder.path);
    await first.stop();
    const times: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const hub = await startHub(await freePort(), folder.path);
      times.push(hub.readyMs);
      await hub.stop();
    }
    times.sort((one, other) => one - other);
    const median = times[2] ?? Number.NaN;
    return [
      {
        what: "start to ready, store already there",
        figure: `${(median / 1_000).toFixed(2)} s`,
        toReach: "under 2 s",
        isReached: median < 2_000,
      },
    ];
  } finally {
    folder.remove();
  }
}
