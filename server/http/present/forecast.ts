import { type CallsLeft, timeOf } from "../../../kit/forecast.ts";
import type { ConnectionView, SyncView } from "../../../model/api/views.ts";
import type { Forecast, TimeRange } from "../../../model/forecast.ts";
import { SIDES, type Side } from "../../../model/record.ts";

/** What a forecast is made from. */
export interface ForecastFrom {
  readonly connections: readonly Pick<ConnectionView, "id" | "isPaused" | "status" | "allowances">[];
  readonly syncs: readonly Pick<SyncView, "left" | "right" | "isPaused" | "phase" | "progress">[];
  /** Keys that are due, listings left out. */
  readonly waiting: number;
}

/** Fewer due keys than this, when both sides have been read, are soon done. */
const FEW = 50;
/** Records on a page: as many as a partner gives at most, and what it may give in practice. */
const PAGE = { most: 250, least: 50 } as const;
/** Calls at one partner for a record that needs any: one to create or change it, two more to look for it and read it. */
const PER_RECORD = { least: 1, most: 3 } as const;
/** A due key concerns either side; at best they fall evenly on both. */
const AT_BEST_ON_A_SIDE = 1 / 2;

/**
 * When the first reading of a workspace, and what follows from it or is due besides, will be done. Pure.
 * @returns `undefined` when there is little to do, or when nobody can know: a total is not known yet, or a connection
 * that is needed stands still.
 */
export function forecastOf({ connections, syncs, waiting }: ForecastFrom): Forecast | undefined {
  const going = syncs.filter(({ isPaused, phase }) => !isPaused && phase !== "paused");
  const starting = going.filter(({ phase }) => phase === "starting").map((sync) => ({ sync, sides: sidesOf(sync) }));
  if (going.length === 0 || (starting.length === 0 && waiting < FEW)) return undefined;
  const needed = connections.filter(({ id }) => going.some((sync) => SIDES.some((side) => sync[side] === id)));
  if (needed.some(({ isPaused, status }) => isPaused || status === "broken")) return undefined;
  const isKnown = starting.every(({ sides }) => SIDES.every((side) => sides[side] !== undefined));
  if (!isKnown) return undefined;
  const ranges = needed.map(({ id, allowances }) => {
    const found = starting.flatMap(({ sync, sides }) => demandsOn(id, sync, sides));
    const pages = sum(found.map(({ pages }) => pages));
    const writes = sum([...found.map(({ writes }) => writes), callsOfDue(waiting)]);
    return { reading: timeOf(pages, allowances), whole: timeOf(sum([pages, writes]), allowances) };
  });
  const whole = longest(ranges.map((range) => range.whole));
  return starting.length === 0 ? { whole } : { reading: longest(ranges.map((range) => range.reading)), whole };
}

/** How far the listing of one side is: records in all, and those still to be read. */
interface SideLeft {
  readonly total: number;
  readonly left: number;
}

type Sides = Readonly<Record<Side, SideLeft | undefined>>;

function sidesOf({ progress }: Pick<SyncView, "progress">): Sides {
  const of = (wanted: Side): SideLeft | undefined => {
    const found = progress.find(({ side, kind }) => side === wanted && kind === "backfill");
    if (found?.finishedAt !== undefined) return { total: found.seen, left: 0 };
    if (found?.total === undefined) return undefined;
    return { total: found.total, left: Math.max(0, found.total - found.seen) };
  };
  return { left: of("left"), right: of("right") };
}

/** The calls that one sync still makes on a connection: for pages, and for what it will find to write there. */
function demandsOn(connectionId: string, sync: Pick<SyncView, Side>, sides: Sides) {
  return SIDES.filter((side) => sync[side] === connectionId).map((side) => {
    const { total, left } = sides[side] ?? NONE;
    const other = (sides[side === "left" ? "right" : "left"] ?? NONE).total;
    const pages: CallsLeft = { least: Math.ceil(left / PAGE.most), most: Math.ceil(left / PAGE.least) };
    // At best everyone of the smaller side is on the larger one and agrees; at worst nobody is, or everybody differs.
    const writes = {
      least: Math.max(0, other - total) * PER_RECORD.least,
      most: (total + other) * PER_RECORD.most,
    };
    return { pages, writes };
  });
}

const NONE: SideLeft = { total: 0, left: 0 };

function callsOfDue(waiting: number): CallsLeft {
  return { least: waiting * PER_RECORD.least * AT_BEST_ON_A_SIDE, most: waiting * PER_RECORD.most };
}

function sum(parts: readonly CallsLeft[]): CallsLeft {
  return parts.reduce((all, one) => ({ least: all.least + one.least, most: all.most + one.most }), {
    least: 0,
    most: 0,
  });
}

function longest(ranges: readonly TimeRange[]): TimeRange {
  return {
    soonestMs: Math.max(0, ...ranges.map(({ soonestMs }) => soonestMs)),
    latestMs: Math.max(0, ...ranges.map(({ latestMs }) => latestMs)),
  };
}
