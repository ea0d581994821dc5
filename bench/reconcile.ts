import { freshDatabase, startPostgres } from "../test/postgres.ts";
import type { LaneOrder } from "./laneOrder.ts";
import { LaneRun } from "./laneOrder.ts";
import { runOnce, temporaryFolder } from "./processes.ts";
import type { Row } from "./table.ts";

const KEYS = 100_000;
/** A million keys are due; so many of them are worked while the memory is watched. */
const DUE = 1_000_000;
const WORKED = 50_000;
/** Safe on disk, as a server is that nobody has tuned, but for a cache as large as is common. */
const DURABLE = { shared_buffers: "128MB" };

/** A lane that works 100,000 due keys against partners who answer at once, on either store, and the memory it takes. */
export async function benchReconcile(): Promise<Row[]> {
  const rows: Row[] = [];
  await withFile(async (store) => rows.push(...(await reconcileRows("SQLite", store, 5_000))));
  await withServer(async (store) => rows.push(...(await reconcileRows("PostgreSQL", store, 2_500))));
  await withFile(async (store) => rows.push(await memoryRow(store)));
  return rows;
}

async function withFile(measure: (store: () => Promise<string>) => Promise<unknown>): Promise<void> {
  const folder = temporaryFolder();
  let count = 0;
  const next = async (): Promise<string> => {
    count += 1;
    return `sqlite:${folder.path}/${count}.db`;
  };
  await measure(next).finally(folder.remove);
}

async function withServer(measure: (store: () => Promise<string>) => Promise<unknown>): Promise<void> {
  const server = await startPostgres(DURABLE);
  await measure(() => freshDatabase(server.url)).finally(server.stop);
}

/** Each variant on a store of its own: what the first leaves behind is no concern of the second. */
async function reconcileRows(name: string, freshStore: () => Promise<string>, perSecond: number): Promise<Row[]> {
  const changed = await laneRun(await freshStore(), { keys: KEYS, links: KEYS, hasMoved: true, hasFloor: true });
  const same = await laneRun(await freshStore(), { keys: KEYS, links: KEYS, hasMoved: false, hasFloor: true });
  return [
    speedRow(`100,000 keys reconciled on ${name}, one field changed`, changed, perSecond),
    speedRow(`100,000 keys reconciled on ${name}, nothing changed`, same),
  ];
}

async function laneRun(store: string, work: NonNullable<LaneOrder["work"]>, keys = work.keys): Promise<LaneRun> {
  await runOnce("bench/laneRun.ts", { store, fill: { links: work.links, keys } } satisfies LaneOrder);
  return LaneRun.parse(await runOnce("bench/laneRun.ts", { store, work } satisfies LaneOrder));
}

function speedRow(what: string, run: LaneRun, toReach?: number): Row {
  const perSecond = run.keys / run.seconds;
  const bare = run.floor === undefined ? undefined : run.keys / run.floor.seconds;
  return {
    what,
    figure: `${whole(perSecond)} per second, ${processorTime(run)}`,
    ...(run.floor === undefined || bare === undefined
      ? {}
      : {
          floor: `${whole(bare)} per second, ${processorTime({ keys: run.keys, ...run.floor })}`,
          ratio: perSecond / bare,
        }),
    ...(toReach === undefined
      ? { toReach: "none set" }
      : { toReach: `${whole(toReach)} per second`, isReached: perSecond >= toReach }),
  };
}

/** What says more than the clock on a machine that has other work. */
function processorTime({ keys, cpuSeconds }: Pick<LaneRun, "keys" | "cpuSeconds">): string {
  return `${Math.round((cpuSeconds * 1e6) / keys)} µs of the processor each`;
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en");
}

async function memoryRow(freshStore: () => Promise<string>): Promise<Row> {
  const work = { keys: WORKED, links: WORKED, hasMoved: true };
  const few = await laneRun(await freshStore(), work);
  const many = await laneRun(await freshStore(), work, DUE);
  return {
    what: `resident memory, most while a lane works ${whole(WORKED)} of 1,000,000 due keys on SQLite`,
    figure: `${Math.round(many.maxRssMb)} MB`,
    floor: `${Math.round(few.maxRssMb)} MB with no others due`,
    ratio: many.maxRssMb / few.maxRssMb,
    toReach: "under 300 MB",
    isReached: many.maxRssMb < 300,
  };
}
