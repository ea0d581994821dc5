import { asFailure, type Failure } from "../../model/errors.ts";
import { idMaker } from "../../model/ids.ts";
import { backfill } from "../backfill/backfill.ts";
import { poll } from "../backfill/poll.ts";
import { scheduleSync } from "../backfill/schedule.ts";
import { sweep } from "../backfill/sweep.ts";
import { isChildSync } from "../children/home.ts";
import { lookAtChildren } from "../children/look.ts";
import { turnOverParents } from "../children/turn.ts";
import { isWalked, readChildren } from "../children/walk.ts";
import { freshRows, type LaneContext, syncDirectory } from "../context.ts";
import { followFields, isForOldFields, takeAnswer } from "../fields/follow.ts";
import { laneFields } from "../fields/keeper.ts";
import type { Clock, DueKey, Effect, EngineStore, Log, News, PartnerOf, Random, Sync } from "../ports.ts";
import { allowDeletions } from "../reconcile/breaker.ts";
import { type Attempt, again, type Outcome, SETTLED } from "../reconcile/outcome.ts";
import { decideIdentity } from "../reconcile/person.ts";
import { reconcileLink, reconcileRecord } from "../reconcile/reconcile.ts";
import { beginSync } from "../start/begin.ts";
import { isStarted } from "../start/progress.ts";
import { deadLetters } from "./deadLetters.ts";
import { type Handling, recordFailure, settledBy } from "./failing.ts";
import { fenced } from "./fence.ts";
import { type Key, keyText, parseKey } from "./keys.ts";
import { withMappingsOnce } from "./mappingsOnce.ts";
import { startPump } from "./pump.ts";
import { connectionRefusals } from "./refusals.ts";
import { takeTurns } from "./turns.ts";

/** What a lane is opened with. */
export interface LaneOptions {
  readonly workspaceId: string;
  /** Names this process, for messages about who holds the lane. */
  readonly holder: string;
  readonly store: EngineStore;
  readonly syncs: readonly Sync[];
  readonly partnerOf: PartnerOf;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  readonly news: (news: News) => void;
  /** Keys worked on at once; those whose outcome is being stored do not count. */
  readonly concurrency?: number;
}

/** The work of one workspace in this process. */
export interface LaneWorker {
  /** Something became due. */
  readonly wake: () => void;
  /** The configuration changed: new syncs start, others go on under their new version. */
  readonly setSyncs: (syncs: readonly Sync[]) => Promise<void>;
  /** Starts nothing more, and ends when what is in flight has ended. */
  readonly stop: () => Promise<void>;
  /** Keys being worked on at this moment, but for those whose outcome is being stored. */
  readonly inFlight: () => number;
  /** Whether this process works the lane still; `false` for good once a write has shown that another has taken it. */
  readonly isHeld: () => boolean;
}

const CONCURRENCY = 48;
/** How long the listings of children rest before it is looked whether their contacts have been started, ms. */
const CONTACTS_WAIT_MS = 5_000;

/** Takes the lane and begins to work its due keys. */
export async function openLane(options: LaneOptions): Promise<LaneWorker> {
  const { store, clock, random, workspaceId } = options;
  const lane = await store.takeLane(workspaceId, options.holder, clock.now());
  const refusals = connectionRefusals(clock);
  const partnerOf: PartnerOf = (...args) => fenced(store, lane, refusals.guard(options.partnerOf(...args)));
  const fields = laneFields(store, lane, clock, () => pump.wake());
  const context: LaneContext = {
    lane,
    store: withMappingsOnce(store),
    syncs: syncDirectory(workspaceId, options.syncs, partnerOf, fields),
    fields,
    clock,
    random,
    newId: idMaker(clock.now, random),
    log: options.log,
    news: options.news,
    turns: takeTurns(),
    rows: freshRows(),
    matched: new Set(),
    deadLetters: deadLetters(store, workspaceId),
    started: new Map(),
    listedAt: new Map(),
  };
  const pump = startPump(context, options.concurrency ?? CONCURRENCY, (due, storing) => work(context, due, storing));
  await context.deadLetters.lookAgain();
  await scheduleAll(context);
  pump.wake();
  return {
    wake: pump.wake,
    inFlight: pump.inFlight,
    isHeld: pump.isHeld,
    stop: pump.stop,
    setSyncs: async (syncs) => {
      refusals.forget();
      context.syncs.replace(syncs);
      await scheduleAll(context);
      pump.wake();
    },
  };
}

async function scheduleAll(context: LaneContext): Promise<void> {
  for (const sync of context.syncs.all()) {
    if (sync.isPaused) continue;
    const effects = await scheduleSync(context, sync);
    await context.store.apply(context.lane, effects);
  }
}

/** Works one key and stores what came of it. @returns whether the lane is still held. */
async function work(context: LaneContext, due: DueKey, storing: () => void): Promise<boolean> {
  const handling: Handling = {
    due,
    calls: { priority: due.priority, calls: [] },
    planned: [],
    startedAt: context.clock.now(),
    store: async (outcome) => {
      storing();
      await context.store.apply(context.lane, [...outcome.effects, closing(context, due, outcome)]);
      tell(context, outcome);
    },
  };
  try {
    await attemptKey(context, handling);
    return true;
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.details.isLaneTaken === true) return false;
    return afterFailure(context, handling, failure);
  }
}

/** @returns whether the lane is still held. */
async function afterFailure(context: LaneContext, handling: Handling, failure: Failure): Promise<boolean> {
  if (!(await isForOldFields(context, handling, failure))) return recordFailure(context, handling, failure);
  // The key was not settled: it is marked, so that it is worked again by the fields of now.
  handling.planned.splice(0);
  await handling.store(again(context.clock.now()));
  return true;
}

function closing(context: LaneContext, due: DueKey, outcome: Outcome): Effect {
  const { key, generation } = due;
  const settled = settledBy(context, due);
  if (outcome.againAt === undefined) return { kind: "settle", key, generation, ...settled };
  return { kind: "postpone", key, generation, dueAt: outcome.againAt, attempts: 0, ...settled };
}

function tell(context: LaneContext, outcome: Outcome): void {
  if (outcome.told === undefined) return;
  const { link, verdict } = outcome.told;
  context.news({ kind: "link", workspaceId: context.lane.workspaceId, syncId: link.syncId, linkId: link.id, verdict });
}

async function attemptKey(context: LaneContext, handling: Handling): Promise<void> {
  const { key: text, syncId } = handling.due;
  const key = parseKey(text);
  const open = key === undefined ? undefined : context.syncs.open(syncId);
  if (key === undefined || open === undefined) return handling.store(SETTLED);
  // Paused since it was handed out.
  if (open.sync.isPaused) return handling.store(again(context.clock.now()));
  const isEarly = isChildSync(open.sync) && !(await isStarted(context, open.sync));
  if (isEarly) return handling.store(untilContactsStart(context, key));
  return dispatch(context, { open, ...handling }, key);
}

/** T9: children wait for the start of their contacts; then their own first reading finds all that was told before. */
function untilContactsStart({ clock }: LaneContext, { kind }: Key): Outcome {
  const isListing = kind === "backfill" || kind === "poll" || kind === "sweep";
  return isListing ? again(clock.now() + CONTACTS_WAIT_MS) : SETTLED;
}

async function dispatch(context: LaneContext, attempt: Attempt, key: Key): Promise<void> {
  const { reason } = attempt.due;
  const isFromListing = reason === "poll" || reason === "sweep" || reason === "backfill";
  const row = isFromListing ? context.rows.take(keyText(key), context.clock.now()) : undefined;
  switch (key.kind) {
    case "link":
      return reconcileLink(context, attempt, key.linkId, row);
    case "record":
      return reconcileRecord(context, attempt, key.side, key.externalId, row);
    case "same":
    case "different":
    case "new":
    case "alone":
    case "notAlone":
      return decideIdentity(context, attempt, key);
    case "keep":
      return reconcileLink(context, { ...attempt, choices: { [key.field]: key.side } }, key.linkId);
    case "yield":
      return reconcileLink(context, { ...attempt, makesWay: key.side }, key.linkId);
    case "start":
      return attempt.store(await beginSync(context, attempt, key.mode));
    case "children":
    case "childrenAgain":
      return attempt.store(await lookAtChildren(context, attempt, key));
    case "backfill":
    case "poll":
    case "sweep":
      return attempt.store(await listing(context, attempt, key));
    case "deletions":
      return attempt.store(await allowDeletions(context, attempt));
    case "fields":
      return attempt.store(await followFields(context, attempt));
    case "fieldOut":
    case "fieldAgain":
    case "fieldTo":
      return attempt.store(await takeAnswer(context, attempt, key));
    default:
      return key satisfies never;
  }
}

type ListingKey = Extract<Key, { kind: "backfill" | "poll" | "sweep" }>;

/** Children that are listed contact by contact are not polled, and a turn over all contacts is their sweep. */
async function listing(context: LaneContext, attempt: Attempt, key: ListingKey): Promise<Outcome> {
  const isChild = isChildSync(attempt.open.sync);
  if (key.kind === "backfill") return isChild ? readChildren(context, attempt) : backfill(context, attempt);
  const isByContact = isChild && isWalked(attempt, key.side);
  if (key.kind === "poll") {
    await context.deadLetters.lookAgain();
    return isByContact ? SETTLED : poll(context, attempt, key.side);
  }
  return isByContact ? turnOverParents(context, attempt, key.side) : sweep(context, attempt, key.side);
}
