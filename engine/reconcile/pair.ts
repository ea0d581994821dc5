import { childTitle } from "../../model/children.ts";
import { contactTitle } from "../../model/contact.ts";
import { asFailure, type Failure } from "../../model/errors.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { type Change, type Changes, type Fields, isSameValue, type Value } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import { keptPlan } from "../journal/inputs.ts";
import { type MappedField, type Mapping, standardText } from "../mapping/compile.ts";
import { normalElement } from "../mapping/normalForm.ts";
import { matchKeys } from "../match/keys.ts";
import { agreedBase, isQuiet, type Observed, type Plan, type PlanInput, plan } from "../merge/plan.ts";
import { isMovedUnderfoot, settledSide } from "../merge/settled.ts";

import type { Base, Conflict, Finding, JournalDetail, JournalVerdict, Link, SideState } from "../ports.ts";
import { baseOf, keptApart } from "../start/firstAgreement.ts";
import { baseBesides, makeWay, type Refused, withMadeWay } from "./makeWay.ts";

import { isSameState } from "./observe.ts";
import { presentMapping, sureMapping } from "./oldFields.ts";
import { type Attempt, decided, type Outcome, type SavedKeys, SETTLED } from "./outcome.ts";
import { note } from "./planned.ts";
import { type Progress, type RefusedValue, type Written, withoutRefused, writeBoth } from "./write.ts";

/** Both sides of a link as just observed. */
export interface Pair {
  readonly left: SideState;
  readonly right: SideState;
}

/**
 * Brings two observed records to agreement: plan, write, store what came back. The link is as stored; `seen` holds the
 * fresh observations.
 * @param news words for the journal when the link itself is new, and effects that belong with it.
 */
export async function reconcilePair(
  context: LaneContext,
  attempt: Attempt,
  stored: Link,
  seen: Pair,
  news: PairNews = {},
): Promise<Outcome> {
  const pair = withMadeWay(stored, seen);
  const mapping = await sureMapping(context, attempt, stored, pair);
  const before = { left: observed(pair.left), right: observed(pair.right) };
  const link = { ...stored, base: baseOf(mapping, stored, before) };
  const { choices } = attempt;
  const base = baseBesides(mapping, link.base, pair);
  const input: PlanInput = {
    mapping,
    base,
    ...before,
    ...(choices === undefined ? {} : { choices }),
    ...askedOf(link),
  };
  const planned = plan(input);
  for (const side of SIDES) note(attempt, mapping, "update", side, planned.changes[side]);
  const progress: Progress = { done: {}, apart: new Set(), isNew: news.verdict !== undefined };
  for (;;) {
    try {
      const written = await writeBoth(context, attempt, planned, pair, progress);
      const present = await presentMapping(context, attempt, mapping, planned, pair, written, news.sent);
      return settle(
        context,
        attempt,
        { decidedUnder: mapping, mapping: present },
        { stored, link, input, planned, news },
        written,
      );
    } catch (thrown) {
      const failure = asFailure(thrown);
      const waiting = progress.isNew
        ? undefined
        : await whenRefused(context, attempt, mapping, { link, pair: reached(pair, progress), planned, failure });
      if (waiting !== undefined) return waiting;
      progress.apart.add(divisible(planned, progress, failure));
    }
  }
}

/** M21: the fields of the pair that a person is asked about. */
function askedOf({ conflicts }: Link): Pick<PlanInput, "asked"> {
  return conflicts.length === 0 ? {} : { asked: conflicts.map(({ field }) => field) };
}

/** The pair as far as it has been written. */
function reached(pair: Pair, { done }: Progress): Pair {
  return { left: done.left?.state ?? pair.left, right: done.right?.state ?? pair.right };
}

/** M20: the side whose write can be tried field by field. @throws the failure when there is none. */
function divisible(planned: Plan, { apart, isNew }: Progress, failure: Failure): Side {
  const { side } = failure.details;
  const isRefused = failure.kind === "rejected" && side !== undefined && !apart.has(side);
  const isDivisible = isRefused && (isNew || Object.keys(planned.changes[side]).length > 1);
  if (isDivisible) return side;
  throw failure;
}

/** What was decided about a pair, before it was carried out. */
interface Decided {
  /** As it was stored, and as it is agreed on before the first writes. */
  readonly stored: Link;
  readonly link: Link;
  readonly input: PlanInput;
  readonly planned: Plan;
  readonly news: PairNews;
}

/** Stores what came of a plan: the forms that came back, and what both sides now agree on. */
function settle(
  context: LaneContext,
  attempt: Attempt,
  { decidedUnder, mapping }: { readonly decidedUnder: Mapping; readonly mapping: Mapping },
  { stored, link, input, planned, news }: Decided,
  { after, refused }: Written,
): Outcome {
  const taken = withRefusals(mapping, withoutRefused(planned, refused), refused, after);
  const agreed = settledPair(mapping, taken, input, after);
  const next = nextLink(context, mapping, link, taken, after, agreed, news.sent);
  if (news.verdict === undefined && isQuiet(planned) && isSameAgreement(stored, next)) {
    return areSameSides(stored, next) ? SETTLED : observedOnly(mapping, attempt, stored, next);
  }
  const outcome = decided(
    context,
    attempt,
    next,
    news.verdict ?? verdictOf(planned),
    summaryOf(attempt, mapping, taken, news, stored.beforeStart ? keptApart(mapping, link.base, input) : []),
    {
      detail: { mapping: decidedUnder, ...keptPlan(input, planned), ...ofNews(news) },
      effects: news.effects ?? [],
      keys: news.allKeys === true ? keysOf(mapping, attempt, next) : changedKeys(mapping, attempt, link, next),
    },
  );
  return isMoved(mapping, agreed, after) ? { ...outcome, againAt: context.clock.now() } : outcome;
}

/** M20: what was refused is said on its field; the others go on. */
function withRefusals(mapping: Mapping, taken: Plan, refused: readonly RefusedValue[], after: Pair): Plan {
  const findings = refused.flatMap(({ side, key, message }): Finding[] => {
    const field = mapping.fields.find((candidate) => candidate.keys[side] === key);
    if (field === undefined) return [];
    const wanted = after[otherSide(side)].fields[field.keys[otherSide(side)]] ?? "";
    return [{ field: field.id, side, kind: "refused", message, wanted }];
  });
  return findings.length === 0 ? taken : { ...taken, findings: [...taken.findings, ...findings] };
}

/** Both sides as they may be agreed on after the plan's writes were answered. */
type Agreed = Readonly<Record<Side, Observed>>;

function settledPair(mapping: Mapping, planned: Plan, before: Pick<PlanInput, Side>, after: Pair): Agreed {
  const settled = (side: Side): Observed =>
    settledSide(mapping, side, planned.changes[side], before[side], observed(after[side]));
  return { left: settled("left"), right: settled("right") };
}

function isMoved(mapping: Mapping, agreed: Agreed, after: Pair): boolean {
  return SIDES.some((side) => isMovedUnderfoot(mapping, side, agreed[side], observed(after[side])));
}

/** What the journal keeps of news. */
function ofNews({ note, sent }: PairNews): Pick<JournalDetail, "note" | "sent"> {
  return { ...(note === undefined ? {} : { note }), ...(sent === undefined ? {} : { sent }) };
}

/** What is new about a pair beside its fields. */
export interface PairNews {
  readonly verdict?: JournalVerdict;
  /** Begins the journal sentence, for instance "Linked by same email". */
  readonly opening?: string;
  readonly note?: string;
  readonly effects?: Outcome["effects"];
  /** What one side was just created with: what of it was not kept becomes a finding. */
  readonly sent?: Sent;
  /** Whether all match keys of both sides must be stored anew. */
  readonly allKeys?: boolean;
}

/** The fields that one side was just created with. */
export interface Sent {
  readonly side: Side;
  readonly fields: Fields;
}

/**
 * What both sides agree on once a record was created: of the fields sent, the form that came back (E2). Others are
 * still to be told.
 */
export function sentBase(mapping: Mapping, sent: Sent, pair: Pair): Base {
  const unsent = mapping.fields.filter((field) => sent.fields[field.keys[sent.side]] === undefined);
  const held = new Set(unsent.map((field) => field.id));
  return agreedBase(mapping, {}, observed(pair.left), observed(pair.right), held);
}

/** The view of a side that planning needs. */
export function observed(state: SideState): Observed {
  const changedAt = state.version === undefined ? Number.NaN : Number(state.version);
  return {
    fields: state.fields,
    ...(state.folded === undefined ? {} : { folded: state.folded }),
    ...(Number.isFinite(changedAt) ? { changedAt } : {}),
  };
}

/**
 * Q8: what was read is stored before a refusal sets the key aside. Listings compare with it, so that the refused values
 * are sent again only when somebody changes the record or asks for another try. A value that another record holds for
 * the moment is waited for instead (I10).
 * @returns `undefined` when the refusal stands.
 */
async function whenRefused(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  refused: Refused,
): Promise<Outcome | undefined> {
  const { link, pair, failure } = refused;
  if (failure.kind !== "rejected") throw failure;
  const next = { ...link, ...pair };
  const keys = changedKeys(mapping, attempt, link, next);
  // Stored before the holder is looked at: of two that refuse each other, the later one to look sees what the other wants.
  await context.store.apply(context.lane, [{ kind: "saveLink", link: next, ...(keys === undefined ? {} : { keys }) }]);
  return makeWay(context, attempt, mapping, refused);
}

/** The link after the plan: states as they came back, base moved, conflicts and findings brought up to date. */
export function nextLink(
  context: LaneContext,
  mapping: Mapping,
  link: Link,
  planned: Plan,
  after: Pair,
  agreed: Agreed = { left: observed(after.left), right: observed(after.right) },
  sent?: Sent,
): Link {
  const now = context.clock.now();
  const { ambiguity: _settled, beforeStart: _agreed, ...rest } = link;
  return {
    ...rest,
    state: "linked",
    left: after.left,
    right: after.right,
    base: agreedBase(mapping, link.base, agreed.left, agreed.right, planned.held),
    conflicts: planned.conflicts.map((conflict) => withSince(link.conflicts, conflict, now)),
    findings: nextFindings(mapping, link, planned, after, sent),
    title: titleOf(mapping, after.left, after.right),
    updatedAt: now,
  };
}

/** What people call the pair: the left record's name, else the right's. */
export function titleOf(mapping: Mapping, left: SideState | undefined, right: SideState | undefined): string {
  const fallback = left?.externalId ?? right?.externalId ?? "";
  const leftTitle = left === undefined ? "" : sideTitle(mapping, "left", left);
  const rightTitle = right === undefined ? "" : sideTitle(mapping, "right", right);
  return leftTitle || rightTitle || fallback;
}

function sideTitle(mapping: Mapping, side: Side, state: SideState): string {
  const text = (standard: string): string => standardText(mapping, side, state.fields, standard);
  const name =
    text("name") ||
    contactTitle(
      Object.fromEntries(["firstName", "lastName", "fullName", "email", "phone"].map((key) => [key, text(key)])),
      "",
    );
  return name || childTitle({ title: text("title"), body: text("body"), notes: text("notes") });
}

function withSince(known: readonly Conflict[], conflict: Omit<Conflict, "since">, now: number): Conflict {
  const before = known.find((candidate) => candidate.field === conflict.field);
  return { ...conflict, since: before?.since ?? now };
}

/** Findings of this plan, values not kept by this write, and older findings whose value is still wanted. */
function nextFindings(mapping: Mapping, link: Link, planned: Plan, after: Pair, sent?: Sent): readonly Finding[] {
  const created = sent === undefined ? [] : notKept(mapping, { [sent.side]: changesOf(sent.fields) }, after);
  const fresh = [...planned.findings, ...notKept(mapping, planned.changes, after), ...created];
  const decidedFields = new Set(planned.decisions.map((decision) => decision.field));
  const standing = link.findings.filter(
    (finding) => !decidedFields.has(finding.field) && isStillWanted(mapping, link, finding, after),
  );
  return [...standing, ...fresh];
}

function isStillWanted(mapping: Mapping, link: Link, finding: Finding, after: Pair): boolean {
  const field = mapping.fields.find((candidate) => candidate.id === finding.field);
  // Without a base the row is new or was changed: what it said under the same left key was of another counterpart.
  if (field === undefined || link.base[field.agreement] === undefined) return false;
  const from = otherSide(finding.side);
  const value = after[from].fields[field.keys[from]];
  return value !== undefined && isSameValue(field.normal(from, value), field.normal(from, finding.wanted));
}

function changesOf(fields: Fields): Changes {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { kind: "set", value }]));
}

/** Values that were written with success and did not come back (E3). */
function notKept(mapping: Mapping, changes: Partial<Plan["changes"]>, after: Pair): Finding[] {
  const findings: Finding[] = [];
  for (const field of mapping.fields) {
    for (const side of SIDES) {
      const change = changes[side]?.[field.keys[side]];
      if (change === undefined || isKept(field, side, change, after[side])) continue;
      const from = otherSide(side);
      const wanted = after[from].fields[field.keys[from]] ?? "";
      findings.push({
        field: field.id,
        side,
        kind: "notKept",
        message: `${field.label} was accepted but not kept.`,
        wanted,
      });
    }
  }
  return findings;
}

function isKept(field: MappedField, side: Side, change: Change, after: SideState): boolean {
  const value = after.fields[field.keys[side]];
  if (value === undefined) return true;
  if (change.kind === "elements") return areElementsKept(change, value);
  const wanted: Value = change.kind === "set" ? change.value : "";
  return isSameValue(field.normal(side, value), field.normal(side, wanted));
}

function areElementsKept(change: Extract<Change, { kind: "elements" }>, value: Value): boolean {
  const present = new Set((typeof value === "object" ? value : []).map(normalElement));
  return (
    change.add.every((element) => present.has(normalElement(element))) &&
    change.remove.every((element) => !present.has(normalElement(element)))
  );
}

/** J2: what is not mapped may have changed, or a version: it is remembered, but nothing was decided. */
function observedOnly(mapping: Mapping, attempt: Attempt, before: Link, link: Link): Outcome {
  const keys = changedKeys(mapping, attempt, before, link);
  return { effects: [{ kind: "saveLink", link, ...(keys === undefined ? {} : { keys }) }] };
}

function isSameAgreement(link: Link, next: Link): boolean {
  return (
    link.state === next.state &&
    link.beforeStart === next.beforeStart &&
    JSON.stringify([link.base, link.conflicts, link.findings]) ===
      JSON.stringify([next.base, next.conflicts, next.findings])
  );
}

function areSameSides(link: Link, next: Link): boolean {
  return SIDES.every((side) => {
    const state = next[side];
    return state !== undefined && isSameState(link[side], state);
  });
}

function keysOf(mapping: Mapping, attempt: Attempt, link: Link): NonNullable<SavedKeys> {
  const rules = attempt.open.sync.match;
  return {
    ...(link.left === undefined ? {} : { left: matchKeys(mapping, rules, "left", link.left.fields) }),
    ...(link.right === undefined ? {} : { right: matchKeys(mapping, rules, "right", link.right.fields) }),
  };
}

/** Match keys of the sides whose identifying values moved; most writes touch none. */
export function changedKeys(mapping: Mapping, attempt: Attempt, before: Link, after: Link): SavedKeys {
  const moved = SIDES.filter((side) => isIdentityMoved(mapping, attempt, side, before[side], after[side]));
  if (moved.length === 0) return undefined;
  const rules = attempt.open.sync.match;
  return Object.fromEntries(moved.map((side) => [side, matchKeys(mapping, rules, side, after[side]?.fields ?? {})]));
}

function isIdentityMoved(
  mapping: Mapping,
  attempt: Attempt,
  side: Side,
  before: SideState | undefined,
  after: SideState | undefined,
): boolean {
  const names = mapping.keyedBy[side] === undefined ? [] : ["firstName", "lastName"];
  return [...attempt.open.sync.match, ...names].some(
    (standard) =>
      standardText(mapping, side, before?.fields ?? {}, standard) !==
      standardText(mapping, side, after?.fields ?? {}, standard),
  );
}

function verdictOf(planned: Plan): JournalVerdict {
  if (!isQuiet(planned)) return "updated";
  return planned.conflicts.length > 0 ? "conflict" : "agreed";
}

/** One plain sentence: what was written where, and what waits. */
function summaryOf(
  attempt: Attempt,
  mapping: Mapping,
  planned: Plan,
  news: PairNews,
  apart: readonly MappedField[],
): string {
  const parts = news.opening === undefined ? [] : [news.opening];
  for (const side of SIDES) {
    const labels = mapping.fields.filter((field) => planned.changes[side][field.keys[side]] !== undefined);
    if (labels.length > 0) parts.push(`Updated ${attempt.open.partners[side].name}: ${listed(labels)}.`);
  }
  if (apart.length > 0) parts.push(`Left as they were at the start: ${listed(apart)}.`);
  if (planned.conflicts.length > 0) parts.push(`${planned.conflicts.length} conflicting, waiting for a person.`);
  if (planned.findings.length > 0) parts.push(`${planned.findings.length} could not be carried over.`);
  return parts.length === 0 ? "Both sides agree." : parts.join(" ");
}

function listed(fields: readonly MappedField[]): string {
  return fields.map((field) => field.label).join(", ");
}
