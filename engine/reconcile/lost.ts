import type { Side, Snapshot } from "../../model/record.ts";
import { type Fields, isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { matchKeys, nameForm, recognisedBy } from "../match/keys.ts";
import type { Intent, Link, Partner, SideState } from "../ports.ts";
import { isKeptAlone, isOneSided } from "./identify.ts";
import { readSide } from "./observe.ts";
import type { Attempt } from "./outcome.ts";

/**
 * What a create made whose answer was lost. It is looked for by what was sent; when the time in which it could still
 * show has passed without that, it may have been edited meanwhile, or rewritten by the partner: then whoever appeared
 * since and may be it is suspected, and nobody is created again as long as somebody is.
 * Source: docs/SPEC.md C4, C6, C11.
 */

/** How what a lost create made is looked for. */
export interface Search {
  /** A record that reads as what was sent; `undefined` when there is none so far. */
  readonly findSent: (
    context: LaneContext,
    attempt: Attempt,
    mapping: Mapping,
    intent: Intent,
  ) => Promise<SideState | undefined>;
  /** Who appeared since the create was sent and may be what it made. */
  readonly suspectsOf: (
    context: LaneContext,
    attempt: Attempt,
    mapping: Mapping,
    intent: Intent,
  ) => Promise<readonly SideState[]>;
  /** Whether the only suspect is what was made, beyond doubt. Pure. */
  readonly isCertain: (mapping: Mapping, attempt: Attempt, side: Side, sent: Fields, fields: Fields) => boolean;
}

/** Among all records of the side. */
export const AMONG_ALL: Search = { findSent, suspectsOf, isCertain };

/** Looks for a record across that carries one of the keys, by the partner's own look-ups. */
export async function lookAcross(attempt: Attempt, side: Side, findBy: Intent["findBy"]): Promise<readonly string[]> {
  for (const key of findBy) {
    const ids = await attempt.open.partners[side].find(attempt.calls, key.rule, key.value);
    if (ids.length > 0) return ids;
  }
  return [];
}

/** The record that was sent: it carries the first key sent, so that a family's phone is not taken for the person. */
async function findSent(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  intent: Intent,
): Promise<SideState | undefined> {
  const { side, findBy } = intent;
  const [first] = findBy;
  if (first === undefined) return findByFields(context, attempt, intent);
  const refused = await refusedBy(context, attempt, intent);
  for (const externalId of await lookAcross(attempt, side, findBy)) {
    if (refused.includes(externalId)) continue;
    const seen = await readSide(context, attempt.open, side, externalId, attempt.calls);
    if (seen.kind === "gone") continue;
    const [carried] = recognisedBy(mapping, [first.rule], side, seen.state.fields);
    if (carried?.value === first.value) return seen.state;
  }
  return undefined;
}

/** Whom a person told apart from the record that this create is for (I7). */
export async function refusedBy(context: LaneContext, attempt: Attempt, intent: Intent): Promise<readonly string[]> {
  const link = await context.store.link(attempt.open.sync.workspaceId, intent.linkId);
  return link?.refused ?? [];
}

/** For records without any key: looks through what changed since the intent for a free one that reads as what was sent. */
async function findByFields(context: LaneContext, attempt: Attempt, intent: Intent): Promise<SideState | undefined> {
  for await (const row of rowsSince(attempt.open.partners[intent.side], attempt, intent.startedAt)) {
    if (!readsAs(row, intent.sent)) continue;
    const holder = await holderOf(context, attempt, intent.side, row.externalId);
    if (holder !== undefined && isTaken(holder)) continue;
    const seen = await readSide(context, attempt.open, intent.side, row.externalId, attempt.calls);
    if (seen.kind === "present") return seen.state;
  }
  return undefined;
}

/** Who appeared since the create was sent and may be what it made, as direct reads show them now. */
async function suspectsOf(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  intent: Intent,
): Promise<readonly SideState[]> {
  const { side, sent, startedAt } = intent;
  const refused = await refusedBy(context, attempt, intent);
  const suspects: SideState[] = [];
  for await (const row of rowsSince(attempt.open.partners[side], attempt, startedAt)) {
    if (refused.includes(row.externalId) || suspects.some(({ externalId }) => externalId === row.externalId)) continue;
    const holder = await holderOf(context, attempt, side, row.externalId);
    if (holder !== undefined && (isTaken(holder) || holder.createdAt < startedAt)) continue;
    const seen = await readSide(context, attempt.open, side, row.externalId, attempt.calls);
    if (seen.kind === "present" && mayBe(mapping, attempt, side, sent, seen.state.fields)) suspects.push(seen.state);
  }
  return suspects;
}

/**
 * Whether a record of this side may be what was made of `sent`, edited or rewritten since: it has the same name or a key
 * in common, or neither of the two has any key. Pure.
 */
export function mayBe(mapping: Mapping, attempt: Attempt, side: Side, sent: Fields, fields: Fields): boolean {
  const { match } = attempt.open.sync;
  const [before, now] = [matchKeys(mapping, match, side, sent), matchKeys(mapping, match, side, fields)];
  if (before.length === 0 && now.length === 0) return true;
  if (before.some((key) => now.includes(key))) return true;
  return isSameName(mapping, side, sent, fields);
}

/**
 * Whether the only suspect is what was made, beyond doubt: the same name, and neither has a key that the other has
 * otherwise. Pure.
 */
function isCertain(mapping: Mapping, attempt: Attempt, side: Side, sent: Fields, fields: Fields): boolean {
  if (!isSameName(mapping, side, sent, fields)) return false;
  const before = recognisedBy(mapping, attempt.open.sync.match, side, sent);
  const now = recognisedBy(mapping, attempt.open.sync.match, side, fields);
  return now.every((key) => before.every((other) => other.rule !== key.rule || other.value === key.value));
}

function isSameName(mapping: Mapping, side: Side, one: Fields, other: Fields): boolean {
  const name = nameForm(mapping, side, one);
  return name !== "" && name === nameForm(mapping, side, other);
}

/** Every row of the listing that changed since then, epoch ms, and within the listing's overlap before. */
export async function* rowsSince(partner: Partner, attempt: Attempt, at: number): AsyncGenerator<Snapshot> {
  const since = at - partner.listing.overlapMs;
  let cursor: string | undefined;
  do {
    const page = await partner.list(attempt.calls, { since, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.records;
    cursor = page.next;
  } while (cursor !== undefined);
}

/** The link that holds a record, if any. */
export function holderOf(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  externalId: string,
): Promise<Link | undefined> {
  const { workspaceId, id } = attempt.open.sync;
  return context.store.linkByRecord(workspaceId, id, side, externalId);
}

/** One that has its counterpart, or its end, or that a person keeps alone, is not what was sent. */
export function isTaken(link: Link): boolean {
  return !isOneSided(link) || link.state === "tombstone" || isKeptAlone(link);
}

function readsAs(record: Snapshot, fields: Fields): boolean {
  return Object.entries(fields).every(([key, value]) => {
    const seen = record.fields[key];
    if (seen === undefined) return true;
    return isSameValue(seen, value) || String(seen).toLowerCase() === String(value).toLowerCase();
  });
}
