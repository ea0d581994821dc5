import { openLane } from "../engine/index.ts";
import type { Clock, DueKey, EngineStore, JournalEntry, Link, News, Partner, Reason, Sync } from "../engine/ports.ts";
import { parseKey } from "../engine/queue/keys.ts";
import type { LaneWorker } from "../engine/queue/lane.ts";
import { Failure } from "../model/errors.ts";
import { PRIORITIES, type Priority } from "../model/priority.ts";
import type { Side } from "../model/record.ts";
import { type HubStore, openStore } from "../store/index.ts";
import { aSync, NOON } from "./builders.ts";
import { type Call, FAKE_NOTE_FIELDS, type FakePartner, fakePartner, type Habits } from "./fakePartner.ts";

/**
 * A whole lane in memory: the real engine on the real store, two partners in memory, and time that moves only when it
 * is told to. Nothing waits, and the same test always plays the same history.
 */

/** A clock that stands still until it is moved. */
export interface WorldClock extends Clock {
  /** Moves on, calling back in order whoever waited, and lets everything settle in between. */
  readonly advance: (ms: number) => Promise<void>;
}

/** A clock that begins at `startAt`, epoch ms. */
export function worldClock(startAt: number): WorldClock {
  let now = startAt;
  const timers = new Set<{ readonly at: number; readonly callback: () => void }>();
  const soonest = (until: number) =>
    [...timers].filter((timer) => timer.at <= until).sort((one, other) => one.at - other.at)[0];
  return {
    now: () => now,
    after: (ms, callback) => {
      const timer = { at: now + ms, callback };
      timers.add(timer);
      return () => void timers.delete(timer);
    },
    advance: async (ms) => {
      const until = now + ms;
      await settled();
      for (let next = soonest(until); next !== undefined; next = soonest(until)) {
        timers.delete(next);
        now = Math.max(now, next.at);
        next.callback();
        await settled();
      }
      now = until;
    },
  };
}

/** Everything that can happen without time passing has happened: in memory, all of it hangs on settled promises. */
export function settled(): Promise<void> {
  return new Promise((resolve) => setImmediate(resolve));
}

/** What a world is made with. */
export interface WorldOptions {
  readonly sync?: Partial<Sync>;
  readonly left?: Partial<Habits>;
  readonly right?: Partial<Habits>;
  readonly concurrency?: number;
  /** Whether a second sync keeps the contacts' notes in step as well, and how. */
  readonly notes?: {
    readonly sync?: Partial<Sync>;
    readonly left?: Partial<Habits>;
    readonly right?: Partial<Habits>;
    /** Whether their sync is added by `addNotes` only. */
    readonly isAddedLater?: boolean;
  };
}

/** The hub and the two partners beside it. */
export interface World {
  readonly clock: WorldClock;
  readonly store: HubStore;
  readonly left: FakePartner;
  readonly right: FakePartner;
  /** The notes of the contacts on either side. */
  readonly notes: Readonly<Record<Side, FakePartner>>;
  readonly news: readonly News[];
  /** What the lane logged as an error: something it could not even store. */
  readonly errors: readonly string[];
  /** Opens the lane as a new process would, and lets it come to rest. */
  readonly open: () => Promise<LaneWorker>;
  /** Kills the process: none of its timers, and nothing it was waiting for, will ever come back to it. */
  readonly crash: () => void;
  /** Lets time pass, ms; without a figure, only what needs no time happens. */
  readonly advance: (ms?: number) => Promise<void>;
  /** Marks a record as a webhook would, wakes the lane, and lets it come to rest. */
  readonly notice: (side: Side, externalId: string) => Promise<void>;
  /** Marks the notes of a contact as a webhook about one of them would, and lets it come to rest. */
  readonly noticeNotes: (side: Side, parentId: string) => Promise<void>;
  /** Marks any key, wakes the lane, and lets it come to rest. */
  readonly mark: (key: string, reason?: Reason, priority?: Priority) => Promise<void>;
  /** Tells the lane that something became due, and lets it come to rest. */
  readonly wake: () => Promise<void>;
  /** Configures the sync anew. */
  readonly configure: (sync: Partial<Sync>) => Promise<void>;
  readonly sync: () => Sync;
  readonly notesSync: () => Sync;
  /** Adds the sync of notes to a lane that was opened without it. */
  readonly addNotes: () => Promise<void>;
  readonly links: () => Promise<readonly Link[]>;
  readonly noteLinks: () => Promise<readonly Link[]>;
  /** The link of a record. @throws Error when there is none. */
  readonly linkOf: (side: Side, externalId: string) => Promise<Link>;
  /** The link of a note. @throws Error when there is none. */
  readonly noteLinkOf: (side: Side, externalId: string) => Promise<Link>;
  readonly journal: () => Promise<readonly JournalEntry[]>;
  readonly dueKey: (key: string) => Promise<DueKey | undefined>;
  /** Creates, updates and deletes at both partners. */
  readonly writes: () => readonly Call[];
  /** Forgets the calls so far, at both partners. */
  readonly forgetCalls: () => void;
}

const WORKSPACE = "acme";
const NOTES = "notes";
const LINKS_MAX = 10_000;

/** Makes a world in which nothing has happened yet. */
export async function aWorld(options: WorldOptions = {}): Promise<World> {
  const clock = worldClock(NOON);
  const store = openStore("sqlite::memory:");
  await store.migrate();
  const left = fakePartner(clock, "L", { connectionId: "highlevel", name: "HighLevel", ...options.left });
  const right = fakePartner(clock, "R", { connectionId: "salesmate", name: "Salesmate", ...options.right });
  const notes = { left: notesOf(clock, left, options.notes?.left), right: notesOf(clock, right, options.notes?.right) };
  const notesSync = aNotesSync(options.notes?.sync);
  const news: News[] = [];
  const errors: string[] = [];
  const random = seeded(7);
  let sync = aSync(options.sync);
  let hasNotes = options.notes !== undefined && options.notes.isAddedLater !== true;
  const syncs = (): Sync[] => (hasNotes ? [sync, notesSync] : [sync]);
  let running: { readonly worker: LaneWorker; readonly kill: () => void } | undefined;

  const open = async (): Promise<LaneWorker> => {
    const life = aLife();
    const partners: Record<string, Partner> = {
      [`${left.connectionId}/contact`]: life.mortal(left),
      [`${right.connectionId}/contact`]: life.mortal(right),
      [`${left.connectionId}/note`]: life.mortal(notes.left),
      [`${right.connectionId}/note`]: life.mortal(notes.right),
    };
    const worker = await openLane({
      workspaceId: WORKSPACE,
      holder: "test",
      store: life.mortal<EngineStore>(store),
      syncs: syncs(),
      partnerOf: (_workspaceId, connectionId, resource) => partnerNamed(partners, `${connectionId}/${resource}`),
      clock: { now: clock.now, after: (ms, callback) => clock.after(ms, () => life.isOver() || callback()) },
      random,
      log: { info: () => undefined, warn: () => undefined, error: (_fields, message) => void errors.push(message) },
      news: (item) => void news.push(item),
      ...(options.concurrency === undefined ? {} : { concurrency: options.concurrency }),
    });
    running = { worker, kill: life.end };
    await settled();
    return worker;
  };
  const wake = (): Promise<void> => {
    running?.worker.wake();
    return settled();
  };
  const mark: World["mark"] = async (key, reason = "webhook", priority = PRIORITIES.live) => {
    await store.mark(WORKSPACE, [
      { key, syncId: await syncOfKey(store, key, sync.id), priority, dueAt: clock.now(), reason },
    ]);
    await wake();
  };
  return {
    clock,
    store,
    left,
    right,
    news,
    errors,
    open,
    mark,
    wake,
    crash: () => {
      running?.kill();
      running = undefined;
    },
    advance: async (ms = 0) => clock.advance(ms),
    notes,
    noticeNotes: (side, parentId) => mark(`children:${NOTES}:${side}:${parentId}`),
    noteLinks: () => store.linksAfter(WORKSPACE, NOTES, { limit: LINKS_MAX }),
    noteLinkOf: (side, externalId) => linkIn(store, NOTES, side, externalId),
    notice: async (side, externalId) => {
      const settleMs = sync.settleMs?.[side] ?? 0;
      const mark = { priority: PRIORITIES.live, dueAt: clock.now(), reason: "webhook", settleMs } as const;
      await store.mark(WORKSPACE, [{ key: `record:${sync.id}:${side}:${externalId}`, syncId: sync.id, ...mark }]);
      await wake();
    },
    configure: async (change) => {
      sync = { ...sync, ...change };
      await running?.worker.setSyncs(syncs());
      await settled();
    },
    sync: () => sync,
    notesSync: () => notesSync,
    addNotes: async () => {
      hasNotes = true;
      await running?.worker.setSyncs(syncs());
      await settled();
    },
    links: () => store.linksAfter(WORKSPACE, sync.id, { limit: LINKS_MAX }),
    linkOf: (side, externalId) => linkIn(store, sync.id, side, externalId),
    journal: () => store.journal(WORKSPACE, { limit: LINKS_MAX }),
    dueKey: (key) => store.dueKey(WORKSPACE, key),
    writes: () =>
      [left, right, notes.left, notes.right].flatMap((partner) => partner.callsOf("create", "update", "delete")),
    forgetCalls: () => {
      for (const partner of [left, right, notes.left, notes.right]) partner.forgetCalls();
    },
  };
}

/** A world whose lane is open and whose first reading has ended. */
export async function aRunningWorld(
  options: WorldOptions = {},
  people: {
    readonly left?: readonly Parameters<FakePartner["add"]>[0][];
    readonly right?: readonly Parameters<FakePartner["add"]>[0][];
  } = {},
): Promise<World> {
  const world = await aWorld(options);
  for (const fields of people.left ?? []) world.left.add(fields);
  for (const fields of people.right ?? []) world.right.add(fields);
  await world.open();
  await world.advance(1_000);
  return world;
}

/** The notes of a partner's contacts, listed contact by contact and without change times unless told otherwise. */
function notesOf(clock: Clock, contacts: FakePartner, habits: Partial<Habits> = {}): FakePartner {
  return fakePartner(clock, contacts.connectionId === "highlevel" ? "LN" : "RN", {
    connectionId: contacts.connectionId,
    name: contacts.name,
    fields: FAKE_NOTE_FIELDS,
    listing: { isComplete: true, lagMs: 0, overlapMs: 0, isByParent: true },
    hasVersions: false,
    hasParent: (parentId) => contacts.fieldsOf(parentId) !== undefined,
    findsBy: [],
    ...habits,
  });
}

function aNotesSync(sync: Partial<Sync> = {}): Sync {
  return aSync({ id: NOTES, name: "Notes", resource: "note", parent: "contacts", ...sync });
}

/** Whose work a key is; what names nothing belongs to `otherwise`. */
async function syncOfKey(store: HubStore, text: string, otherwise: string): Promise<string> {
  const key = parseKey(text);
  if (key === undefined || "syncId" in key) return key?.syncId ?? otherwise;
  return (await store.link(WORKSPACE, key.linkId))?.syncId ?? otherwise;
}

async function linkIn(store: HubStore, syncId: string, side: Side, externalId: string): Promise<Link> {
  const link = await store.linkByRecord(WORKSPACE, syncId, side, externalId);
  if (link === undefined) throw new Error(`no link holds the ${side} record ${externalId}`);
  return link;
}

function partnerNamed(partners: Readonly<Record<string, Partner>>, connectionId: string): Partner {
  const partner = partners[connectionId];
  if (partner !== undefined) return partner;
  throw new Failure("misconfigured", `connection ${connectionId} is not there; add it`);
}

/** One process: what it called while alive still happens, but once it is over no answer reaches it. */
function aLife() {
  let isOver = false;
  const never = new Promise<never>(() => {});
  const guarded = async (call: () => unknown): Promise<unknown> => {
    if (isOver) return never;
    try {
      const answer = await call();
      return isOver ? never : answer;
    } catch (thrown) {
      if (isOver) return never;
      throw thrown;
    }
  };
  return {
    isOver: () => isOver,
    end: () => {
      isOver = true;
    },
    /** The same object, whose functions (all of which answer with a promise) die with the process. */
    mortal: <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (from, key) => {
          const value: unknown = Reflect.get(from, key);
          if (typeof value !== "function") return value;
          return (...args: unknown[]) => guarded(() => Reflect.apply(value, from, args));
        },
      }),
  };
}

/** Chance that is the same in every run: a linear congruence modulo 2^32, enough for jitter and ids. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
