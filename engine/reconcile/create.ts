import type { CreateAnswer } from "../../kit/connector.ts";
import { asFailure, Failure } from "../../model/errors.ts";
import { otherSide, type Side } from "../../model/record.ts";
import { type Changes, EMPTY, type Fields, isEmpty, isSameValue, type Value } from "../../model/value.ts";
import { isChildSync } from "../children/home.ts";
import { AMONG_SIBLINGS } from "../children/lost.ts";
import type { LaneContext } from "../context.ts";
import { type MappedField, type Mapping, standardText } from "../mapping/compile.ts";
import { recognisedBy } from "../match/keys.ts";
import { agreedBase } from "../merge/plan.ts";
import type { Base, Intent, Link, Partner, SideState } from "../ports.ts";
import { presentSide } from "./identify.ts";
import { AMONG_ALL } from "./lost.ts";
import { readSide, sideState } from "./observe.ts";
import type { Attempt } from "./outcome.ts";
import { note, strikeOut } from "./planned.ts";

/**
 * Making the counterpart of a record, once.
 *
 *   look across ──found──> adopt it
 *        │ nothing
 *   claim keys, write the intent ──claimed by another──> wait
 *        │
 *   send ──made──> link it      ──"already there"──> adopt it
 *        └─answer lost──> intent `unknown` ──look until the horizon──> adopt it, ask a person, or start again
 */

/** How long a partner may still be at a request that was given up, or whose sender was killed, ms. */
const IN_FLIGHT_MS = 20_000;
/** Between two looks at something that is about to change, ms. */
export const SOON_MS = 250;
const LOOK_AGAIN_MS = 5_000;

/** What looking for, or making, a counterpart came to. */
export type Made =
  | {
      readonly kind: "there";
      readonly state: SideState;
      readonly isNew: boolean;
      readonly intentId?: string;
      /** What was sent, where `state` is the answer to it. */
      readonly sent?: Fields;
      /** What had been sent, where `state` was found later: either side may have been edited since. */
      readonly sentBefore?: Fields;
    }
  | { readonly kind: "wait"; readonly until: number }
  /** Nothing can be told: each of these may be what was made, and a person must say. */
  | { readonly kind: "unclear"; readonly intentId: string; readonly suspects: readonly SideState[] }
  | { readonly kind: "nothing" };

/** The fields of the counterpart, and what could not be carried. */
export function counterpartFields(mapping: Mapping, from: Side, state: SideState): Fields {
  const to = otherSide(from);
  const fields: Record<string, Value> = {};
  for (const field of mapping.fields) {
    const value = state.fields[field.keys[from]];
    if (value === undefined || isEmpty(field.normal(from, value)) || !field.canWrite[to]) continue;
    const carried = field.carry(from, value);
    if (carried.kind === "value") fields[field.keys[to]] = carried.value;
  }
  return fields;
}

/**
 * I17: whether the partner at `to` has no place for a record with these fields: they lack the one that would be its id
 * there. Nothing is wrong then, and it is looked at again when it is edited.
 */
export function lacksPlace(mapping: Mapping, to: Side, fields: Fields): boolean {
  const rule = mapping.keyedBy[to];
  return rule !== undefined && standardText(mapping, to, fields, rule) === "";
}

/**
 * What both sides agree on once a record was found that had been sent earlier: of the fields edited since at the record it
 * was made from, what was sent, so that the edits are carried over (C10). Others are still to be told.
 */
export function baseSinceSent(
  mapping: Mapping,
  side: Side,
  sent: Fields,
  pair: Readonly<Record<Side, SideState>>,
): Base {
  const from = otherSide(side);
  const then = { ...pair[from], fields: counterpartFields(mapping, side, { ...pair[side], fields: sent }) };
  const isEdited = (field: MappedField): boolean => {
    const before = then.fields[field.keys[from]];
    const value = pair[from].fields[field.keys[from]] ?? EMPTY;
    return before !== undefined && !isSameValue(field.normal(from, before), field.normal(from, value));
  };
  const held = new Set(mapping.fields.filter((field) => !isEdited(field)).map((field) => field.id));
  const [left, right] = from === "left" ? [then, pair.right] : [pair.left, then];
  return agreedBase(mapping, {}, left, right, held);
}

/** When a request that is given up at `givenUpAt` has either taken effect and can be found, or never will (C4). */
function horizonOf(partner: Partner, givenUpAt: number): number {
  return givenUpAt + IN_FLIGHT_MS + partner.listing.lagMs;
}

/**
 * The intent to make a counterpart for this one-sided link. Its horizon stands for a process that is killed while it
 * waits for its turn or for the answer; an answer that is given up sooner moves it.
 */
export function intentFor(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  sent: Fields,
  parentId?: string,
): Intent {
  const from = presentSide(link);
  const side = otherSide(from);
  const findBy = recognisedBy(mapping, attempt.open.sync.match, from, link[from]?.fields ?? {});
  const now = context.clock.now();
  return {
    id: context.newId(),
    linkId: link.id,
    syncId: link.syncId,
    side,
    claims: findBy.map((key) => `${key.rule}:${key.value}`),
    findBy,
    sent,
    ...(parentId === undefined ? {} : { parentId }),
    startedAt: now,
    horizonAt: horizonOf(attempt.open.partners[side], now + attempt.open.partners[side].longestCallMs),
    state: "sending",
  };
}

/**
 * Sends the create of a written intent. An answer that was lost leaves the intent `unknown`; a refusal closes it. Once
 * the partner has named the record, a failure to read it leaves the intent open, so that it is found and not sent again.
 */
export async function send(context: LaneContext, attempt: Attempt, intent: Intent): Promise<Made> {
  const { parentId } = intent;
  note(attempt, await attempt.open.mapping(attempt.calls), "create", intent.side, changesOf(intent.sent));
  const answer = await sendCreate(context, attempt, intent);
  strikeOut(attempt, intent.side);
  const state =
    answer.kind === "created" && answer.snapshot !== undefined
      ? sideState(answer.snapshot, context.clock.now(), parentId)
      : await stateOf(context, attempt, intent.side, answer.externalId, parentId);
  const isNew = answer.kind === "created";
  return { kind: "there", state, isNew, intentId: intent.id, ...(isNew ? { sent: intent.sent } : {}) };
}

function changesOf(fields: Fields): Changes {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { kind: "set", value }]));
}

async function sendCreate(context: LaneContext, attempt: Attempt, intent: Intent): Promise<CreateAnswer> {
  const partner = attempt.open.partners[intent.side];
  try {
    return await partner.create(attempt.calls, intent.sent, intent.parentId);
  } catch (thrown) {
    const failure = asFailure(thrown);
    const horizonAt = horizonOf(partner, context.clock.now());
    await context.store.apply(context.lane, [
      failure.details.isOutcomeUnknown === true
        ? { kind: "setIntentState", intentId: intent.id, state: "unknown", horizonAt }
        : { kind: "closeIntent", intentId: intent.id },
    ]);
    throw failure;
  }
}

/**
 * Resolves an intent whose outcome is not known, by looking only: nothing is sent again before the horizon, when the
 * partner's look-ups would have shown the record, nor as long as somebody who appeared since may be it (C11).
 */
export async function resolveIntent(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  intent: Intent,
): Promise<Made> {
  // Only a look that began after the horizon proves that nothing was made.
  const now = context.clock.now();
  const search = isChildSync(attempt.open.sync) ? AMONG_SIBLINGS : AMONG_ALL;
  const state = await search.findSent(context, attempt, mapping, intent);
  if (state !== undefined) {
    return { kind: "there", state, isNew: true, intentId: intent.id, sentBefore: intent.sent };
  }
  if (now < intent.horizonAt) return { kind: "wait", until: Math.min(intent.horizonAt, now + LOOK_AGAIN_MS) };
  const suspects = await search.suspectsOf(context, attempt, mapping, intent);
  const [only] = suspects;
  if (only !== undefined) {
    const isOnly = suspects.length === 1 && search.isCertain(mapping, attempt, intent.side, intent.sent, only.fields);
    if (!isOnly) return { kind: "unclear", intentId: intent.id, suspects };
    return { kind: "there", state: only, isNew: true, intentId: intent.id, sentBefore: intent.sent };
  }
  await context.store.apply(context.lane, [{ kind: "closeIntent", intentId: intent.id }]);
  return { kind: "nothing" };
}

/** Reads a record that the partner has just named. @throws Failure `not_found` when it is gone all the same. */
export async function stateOf(
  context: LaneContext,
  attempt: Attempt,
  side: Side,
  externalId: string,
  parentId?: string,
): Promise<SideState> {
  const seen = await readSide(context, attempt.open, side, externalId, attempt.calls, parentId);
  if (seen.kind === "present") return seen.state;
  const name = attempt.open.partners[side].name;
  throw new Failure(
    "not_found",
    `read ${side} record ${externalId} that ${name} had just named: it is gone; looking again`,
  );
}
