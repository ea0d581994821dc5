import type { FieldDefinition } from "../model/field.ts";
import type { NewId } from "../model/ids.ts";
import type { Side, Snapshot } from "../model/record.ts";
import type { MappingRow, StartMode } from "../model/sync.ts";
import type { FieldKeeper, LaneFields } from "./fields/keeper.ts";
import { leftOutKeys, movedRows } from "./fields/watch.ts";
import { joinedPartner } from "./joinedPartner.ts";
import { keptMapping } from "./journal/kept.ts";
import { compileMapping, type Mapping, type MappingSide, stockJoins } from "./mapping/compile.ts";
import type {
  CallContext,
  Clock,
  EngineStore,
  FieldWatch,
  KeptMapping,
  Lane,
  Log,
  News,
  Partner,
  PartnerOf,
  Random,
  Sync,
} from "./ports.ts";
import type { DeadLetters } from "./queue/deadLetters.ts";
import type { Turns } from "./queue/turns.ts";

/** All that the work of one lane is done with; handed down as an argument, never reached for. */
export interface LaneContext {
  readonly lane: Lane;
  readonly store: EngineStore;
  readonly syncs: SyncDirectory;
  readonly clock: Clock;
  readonly random: Random;
  readonly newId: NewId;
  readonly log: Log;
  readonly news: (news: News) => void;
  /** One at a time per link, and per sync while records are told apart. */
  readonly turns: Turns;
  readonly rows: FreshRows;
  readonly deadLetters: DeadLetters;
  readonly fields: LaneFields;
  /** Syncs known to have been matched in full; see `isBackfilled`. */
  readonly matched: Set<string>;
  /** Syncs known to have been started, and how; see `startedAs`. */
  readonly started: Map<string, StartMode>;
  /** When the children of a contact were last listed, by `children:` key, epoch ms; see `meetSiblings`. */
  readonly listedAt: Map<string, number>;
}

/** A sync with both partners at hand. */
export interface OpenSync {
  readonly sync: Sync;
  readonly partners: Readonly<Record<Side, Partner>>;
  /**
   * The mapping from the present field catalogues of both sides, without the fields that are not what they were. The
   * catalogues may be some minutes old, unless they must be of that moment or later, epoch ms.
   */
  readonly mapping: (context: CallContext, asOf?: number) => Promise<Mapping>;
  /** What the journal keeps of a mapping that was handed out; of the latest, when none is named and there is one. */
  readonly kept: (mapping?: Mapping) => KeptMapping | undefined;
}

/** The syncs of a lane. */
export interface SyncDirectory {
  readonly all: () => readonly Sync[];
  /** Ids of the syncs that are not paused. */
  readonly going: () => readonly string[];
  /** The sync as configured, whether or not it can be opened. */
  readonly find: (syncId: string) => Sync | undefined;
  /** @throws Failure `misconfigured` when one of its connections is missing. */
  readonly open: (syncId: string) => OpenSync | undefined;
  /** The syncs of the notes, tasks and appointments that belong to the contacts of this one. */
  readonly childrenOf: (syncId: string) => readonly Sync[];
  readonly replace: (syncs: readonly Sync[]) => void;
}

/** A directory of the workspace's syncs; mappings are compiled again when a field catalogue changes. */
export function syncDirectory(
  workspaceId: string,
  initial: readonly Sync[],
  partnerOf: PartnerOf,
  fields: FieldKeeper,
): SyncDirectory {
  let syncs = new Map(initial.map((sync) => [sync.id, sync]));
  let going = idsOfGoing(initial);
  let opened = new Map<string, OpenSync>();
  return {
    all: () => [...syncs.values()],
    going: () => going,
    find: (syncId) => syncs.get(syncId),
    childrenOf: (syncId) => [...syncs.values()].filter((sync) => sync.parent === syncId),
    open: (syncId) => {
      const known = opened.get(syncId);
      if (known !== undefined) return known;
      const sync = syncs.get(syncId);
      if (sync === undefined) return undefined;
      const made = openSync(workspaceId, sync, partnerOf, fields);
      opened.set(syncId, made);
      return made;
    },
    replace: (next) => {
      syncs = new Map(next.map((sync) => [sync.id, sync]));
      going = idsOfGoing(next);
      opened = new Map();
    },
  };
}

function idsOfGoing(syncs: readonly Sync[]): readonly string[] {
  return syncs.filter(({ isPaused }) => !isPaused).map(({ id }) => id);
}

/** What both partners say of themselves. */
type Described = readonly [
  left: readonly FieldDefinition[],
  right: readonly FieldDefinition[],
  leftCountry: string,
  rightCountry: string,
];

/** A mapping, and all that it was made from. */
interface Compiled {
  readonly sides: Described;
  readonly watch: FieldWatch;
  readonly mapping: Mapping;
  readonly joins: readonly MappingRow[];
}

/** Opens one sync; outside of a lane, for instance to verify it, with a keeper that only reads. */
export function openSync(workspaceId: string, sync: Sync, partnerOf: PartnerOf, fields: FieldKeeper): OpenSync {
  let compiled: Compiled | undefined;
  /** The stock mapping may join fields as well, which is known when both sides have told theirs. */
  const joinsOf = (side: Side) => async (context: CallContext) => {
    if (compiled === undefined && mayJoin(sync)) await mapping(context);
    return [...rowsWithParts(sync.mapping, side), ...rowsWithParts(compiled?.joins ?? [], side)];
  };
  const partner = (side: Side): Partner => {
    const own = partnerOf(workspaceId, sync[side], sync.resource);
    return mayJoin(sync) || rowsWithParts(sync.mapping, side).length > 0 ? joinedPartner(own, joinsOf(side)) : own;
  };
  const partners = { left: partner("left"), right: partner("right") };
  let last: Promise<unknown> = Promise.resolve();
  const kept = new WeakMap<Mapping, KeptMapping>();

  const compile = async (described: Described): Promise<Mapping> => {
    const [left, right, ...countries] = described;
    const watch = await fields.look(sync, { left, right });
    const moved = { ...sync, mapping: [...movedRows(sync.mapping, watch.moved)] };
    const sides = {
      left: sideOf(partners.left, left, countries[0], watch, "left"),
      right: sideOf(partners.right, right, countries[1], watch, "right"),
    };
    const next = keptMapping(moved, sides);
    const isSame = compiled !== undefined && kept.get(compiled.mapping)?.version === next.version;
    const mapping =
      isSame && compiled !== undefined ? compiled.mapping : compileMapping(moved, sides.left, sides.right);
    kept.set(mapping, next);
    compiled = { sides: described, watch, mapping, joins: stockJoins(moved, sides.left, sides.right) };
    return mapping;
  };

  const present = (described: Described): Mapping | undefined => {
    if (compiled === undefined || !described.every((one, place) => one === compiled?.sides[place])) return undefined;
    return fields.isCurrent(compiled.watch) ? compiled.mapping : undefined;
  };

  const mapping = async (context: CallContext, asOf?: number): Promise<Mapping> => {
    const read = (side: Side) => partners[side].describe(context, asOf);
    const country = (side: Side) => partners[side].readCountry?.(context) ?? partners[side].country;
    const described = await Promise.all([read("left"), read("right"), country("left"), country("right")]);
    const known = present(described);
    if (known !== undefined) return known;
    // One at a time, so that what two have seen is not stored twice.
    const turn = last.then(() => present(described) ?? compile(described));
    last = turn.catch(() => undefined);
    return turn;
  };

  return {
    sync,
    partners,
    mapping,
    kept: (mapping = compiled?.mapping) => (mapping === undefined ? undefined : kept.get(mapping)),
  };
}

/** What a partner brings to a mapping. */
function sideOf(
  { keyedBy }: Partner,
  fields: readonly FieldDefinition[],
  country: string,
  watch: FieldWatch,
  side: Side,
): MappingSide {
  const leftOut = leftOutKeys(watch, side);
  return {
    fields,
    country,
    ...(keyedBy === undefined ? {} : { keyedBy }),
    ...(leftOut.length === 0 ? {} : { leftOut }),
    ...(watch.anew[side].length === 0 ? {} : { anew: watch.anew[side] }),
  };
}

function rowsWithParts(rows: readonly MappingRow[], side: Side): readonly MappingRow[] {
  return rows.filter((row) => row.parts?.side === side);
}

/** Whether the stock mapping of this sync can hold a row that joins fields: names of people are the only such. */
function mayJoin({ resource, hasStockMapping, without }: Sync): boolean {
  return resource === "contact" && hasStockMapping && !without.includes("fullName");
}

/** A list row that may stand for a direct read for a short while. */
export interface FreshRow {
  readonly side: Side;
  readonly snapshot: Snapshot;
  /** When the page was asked for, epoch ms. */
  readonly asOf: number;
}

/** How long a complete list row may stand for a direct read, ms. */
const FRESH_MS = 2_000;
const FRESH_ROWS_MAX = 2_000;

/**
 * Rows of complete, current list pages, kept for a moment so that the record need not be read again to reconcile what
 * the page showed. In memory only: losing it costs a read.
 */
export interface FreshRows {
  readonly put: (key: string, row: FreshRow) => void;
  /** Takes the row out; `undefined` when there is none or it has aged. */
  readonly take: (key: string, now: number) => FreshRow | undefined;
}

/** An empty set of fresh rows. */
export function freshRows(): FreshRows {
  const rows = new Map<string, FreshRow>();
  return {
    put: (key, row) => {
      if (rows.size >= FRESH_ROWS_MAX) rows.clear();
      rows.set(key, row);
    },
    take: (key, now) => {
      const row = rows.get(key);
      rows.delete(key);
      return row !== undefined && now - row.asOf <= FRESH_MS ? row : undefined;
    },
  };
}
