import { copyFile } from "node:fs/promises";
import { Client } from "pg";
import { freshDatabase, startPostgres } from "../test/postgres.ts";
import { fillDue } from "./laneFill.ts";
import type { LaneOrder } from "./laneOrder.ts";
import { LaneRun } from "./laneOrder.ts";
import { runOnce, temporaryFolder } from "./processes.ts";
import type { Row } from "./table.ts";

const KEYS = 100_000;
/** A million keys are due; so many of them are worked while the memory is watched. */
const DUE = 1_000_000;
const WORKED = 50_000;
/** What a lane may hold, MB, and how much it may grow between a fifth of its work and the end. */
const MEMORY_MB = 300;
const GROWTH_MB = 50;
/** Safe on disk, as a server is that nobody has tuned, but for a cache as large as is common. */
const DURABLE = { shared_buffers: "128MB" };

/** Stores of one kind that all begin as the same one does. */
interface Stores {
  readonly name: string;
  /** An empty store; called once, before the others. */
  readonly first: () => Promise<string>;
  /** A store of its own that holds what the first does: what one run leaves behind is no concern of the next. */
  readonly another: () => Promise<string>;
}

/** A lane that works 100,000 due keys against partners who answer at once, on either store, and the memory it takes. */
export async function benchReconcile(): Promise<Row[]> {
  return [...(await withFiles(sqliteRows)), ...(await withServer((stores) => speedRows(stores, 2_500)))];
}

async function sqliteRows(stores: Stores): Promise<Row[]> {
  const rows = await speedRows(stores, 5_000);
  return [...rows, await memoryRow(stores)];
}

async function withFiles<Result>(measure: (stores: Stores) => Promise<Result>): Promise<Result> {
  const folder = temporaryFolder();
  const first = `${folder.path}/first.db`;
  let count = 0;
  const another = async (): Promise<string> => {
    count += 1;
    const copy = `${folder.path}/${count}.db`;
    await copyFile(first, copy);
    return `sqlite:${copy}`;
  };
  return measure({ name: "SQLite", first: async () => `sqlite:${first}`, another }).finally(folder.remove);
}

async function withServer<Result>(measure: (stores: Stores) => Promise<Result>): Promise<Result> {
  const server = await startPostgres(DURABLE);
  let first = "";
  let count = 0;
  const another = async (): Promise<string> => {
    count += 1;
    const copy = new URL(first);
    copy.pathname = `/copy_${count}`;
    const client = new Client({ connectionString: server.url });
    await client.connect();
    await client.query(`create database copy_${count} template ${new URL(first).pathname.slice(1)}`);
    await client.end();
    return copy.href;
  };
  const begin = async (): Promise<string> => {
    first = await freshDatabase(server.url);
    return first;
  };
  return measure({ name: "PostgreSQL", first: begin, another }).finally(server.stop);
}

async function speedRows(stores: Stores, perSecond: number): Promise<Row[]> {
  say(`storing ${whole(KEYS)} linked contacts on ${stores.name}`);
  await runOnce("bench/laneRun.ts", { store: await stores.first(), fill: { links: KEYS } } satisfies LaneOrder);
  const rows: Row[] = [];
  for (const hasMoved of [true, false]) {
    const what = `${whole(KEYS)} keys reconciled on ${stores.name}, ${hasMoved ? "one field" : "nothing"} changed`;
    say(what);
    const run = await laneRun(await stores.another(), { keys: KEYS, links: KEYS, hasMoved, hasFloor: true });
    rows.push(speedRow(what, run, hasMoved ? perSecond : undefined));
  }
  return rows;
}

async function laneRun(store: string, work: NonNullable<LaneOrder["work"]>): Promise<LaneRun> {
  return LaneRun.parse(await runOnce("bench/laneRun.ts", { store, work } satisfies LaneOrder));
}

function speedRow(what: string, run: LaneRun, toReach?: number): Row {
  const perSecond = run.keys / run.seconds;
  const bare = run.floor === undefined ? undefined : run.floor.keys / run.floor.seconds;
  return {
    what,
    figure: `${whole(perSecond)} per second, ${processorTime(run)}`,
    ...(run.floor === undefined || bare === undefined
      ? {}
      : { floor: `${whole(bare)} per second, ${processorTime(run.floor)}`, ratio: perSecond / bare }),
    ...(toReach === undefined
      ? { toReach: "none set" }
      : { toReach: `${whole(toReach)} per second`, isReached: perSecond >= toReach }),
  };
}

/** What says more than the clock on a machine that has other work. */
function processorTime({ keys, cpuSeconds }: Pick<LaneRun, "keys" | "cpuSeconds">): string {
  return `${Math.round((cpuSeconds * 1e6) / keys)} µs of the processor each`;
}

async function memoryRow(stores: Stores): Promise<Row> {
  const work = { keys: WORKED, links: KEYS, hasMoved: true };
  say(`memory while ${whole(KEYS)} keys are due`);
  const few = await laneRun(await stores.another(), work);
  say(`memory while ${whole(DUE)} keys are due`);
  const crowded = await stores.another();
  fillDue(crowded.slice("sqlite:".length), KEYS, DUE);
  const many = await laneRun(crowded, work);
  const grown = many.lateRssMb - many.earlyRssMb;
  return {
    what: `resident memory, most while a lane works ${whole(WORKED)} of ${whole(DUE)} due keys on SQLite`,
    figure: `${whole(many.maxRssMb)} MB; from ${whole(many.earlyRssMb)} MB after a fifth of them to ${whole(many.lateRssMb)} MB`,
    floor: `${whole(few.maxRssMb)} MB with ${whole(KEYS)} due`,
    ratio: many.maxRssMb / few.maxRssMb,
    toReach: `under ${MEMORY_MB} MB, and constant`,
    isReached: many.maxRssMb < MEMORY_MB && grown < GROWTH_MB,
  };
}

function whole(count: number): string {
  return Math.round(count).toLocaleString("en");
}

function say(what: string): void {
  process.stderr.write(`  ${what} …\n`);
}
