import type { DifferenceView, VerifyView } from "../model/api/views.ts";
import { PRIORITIES } from "../model/priority.ts";
import { otherSide, SIDES, type Side, type Snapshot } from "../model/record.ts";
import { isEmpty, isSameValue, type Value } from "../model/value.ts";
import { pagesOf } from "./backfill/pages.ts";
import { allChildren } from "./children/everything.ts";
import { isChildSync, isWhole, parentOf } from "./children/home.ts";
import { type OpenSync, openSync } from "./context.ts";
import { readingFields } from "./fields/keeper.ts";
import type { MappedField, Mapping } from "./mapping/compile.ts";
import type { CallContext, Clock, EngineStore, Link, PartnerOf, Sync } from "./ports.ts";
import { keyText } from "./queue/keys.ts";
import { counterpartFields, lacksPlace } from "./reconcile/create.ts";
import { isProvedGone } from "./reconcile/gone.ts";
import { readSide } from "./reconcile/observe.ts";

/** What verifying is done with. */
export interface VerifyOptions {
  readonly sync: Sync;
  readonly store: EngineStore;
  readonly partnerOf: PartnerOf;
  readonly clock: Clock;
  readonly onProgress?: (read: Readonly<Record<Side, number>>) => void;
}

const LISTED_MAX = 1_000;
const BATCH = 500;

/**
 * Reads both sides in full and lists every difference between linked records, and every record without a counterpart.
 * Changes nothing. Differences that the hub knows and that wait for a person are counted as explained.
 *
 * A list that shows names in lower case only is compared as such; a list that lags shows what was true a while ago.
 */
export async function verifySync(options: VerifyOptions): Promise<VerifyView> {
  const open = openSync(options.sync.workspaceId, options.sync, options.partnerOf, readingFields(options.store));
  const calls: CallContext = { priority: PRIORITIES.sweep, calls: [] };
  const mapping = await open.mapping(calls);
  const read = { left: 0, right: 0 };
  const listing = async (side: Side): Promise<Map<string, Snapshot>> => {
    const records = new Map<string, Snapshot>();
    for await (const page of everyRecord(options, open, side, calls)) {
      for (const record of page) records.set(record.externalId, record);
      read[side] = records.size;
      options.onProgress?.({ ...read });
    }
    return records;
  };
  const [left, right] = await Promise.all([listing("left"), listing("right")]);
  return compareAll(options, open, mapping, { left, right });
}

async function* everyRecord(
  options: VerifyOptions,
  open: OpenSync,
  side: Side,
  calls: CallContext,
): AsyncGenerator<readonly Snapshot[]> {
  if (isChildSync(open.sync)) return yield* allChildren(options, open, open.sync, side, calls);
  for await (const page of pagesOf(open, side, calls, options.clock.now, {})) yield page.records;
}

type Listings = Readonly<Record<Side, Map<string, Snapshot>>>;

async function compareAll(
  options: VerifyOptions,
  open: OpenSync,
  mapping: Mapping,
  listings: Listings,
): Promise<VerifyView> {
  const { sync, store } = options;
  const report = { list: [] as DifferenceView[], differences: 0, explained: 0, linked: 0 };
  const add = (difference: DifferenceView): void => {
    if (difference.explained === undefined) report.differences += 1;
    else report.explained += 1;
    if (report.list.length < LISTED_MAX) report.list.push(difference);
  };
  const size = { left: listings.left.size, right: listings.right.size };
  let afterId: string | undefined;
  for (;;) {
    const query = { limit: BATCH, ...(afterId === undefined ? {} : { afterId }) };
    const links = await store.linksAfter(sync.workspaceId, sync.id, query);
    for (const link of links) {
      if (link.state === "linked") report.linked += 1;
      const parent = isChildSync(sync) ? await parentOf({ store }, sync, link) : undefined;
      if (parent !== undefined) await readAway(options, open, link, parent, listings);
      const isOrphan = isChildSync(sync) && (parent === undefined || !isWhole(parent));
      const differences = compareLink(sync, mapping, link, listings, isOrphan);
      const isUnexplained = differences.some((difference) => difference.explained === undefined);
      const refused = isUnexplained ? await refusalOf(options, link) : undefined;
      for (const difference of differences)
        add(refused === undefined ? difference : { explained: refused, ...difference });
    }
    afterId = links.at(-1)?.id;
    if (afterId === undefined) break;
  }
  for (const side of SIDES) for (const record of listings[side].values()) add(unknownRecord(open, side, record));
  return { syncId: sync.id, readLeft: size.left, readRight: size.right, ...report };
}

/** H12: a child whose record is with another contact on one side is in no listing of its own; it is read by itself. */
async function readAway(
  { clock }: VerifyOptions,
  open: OpenSync,
  link: Link,
  parent: Link,
  listings: Listings,
): Promise<void> {
  for (const side of SIDES) {
    const state = link[side];
    if (link.state !== "linked" || state === undefined || listings[side].has(state.externalId)) continue;
    if (state.parentId === parent[side]?.externalId) continue;
    const calls: CallContext = { priority: PRIORITIES.sweep, calls: [] };
    const seen = await readSide({ clock }, open, side, state.externalId, calls, state.parentId);
    if (seen.kind === "present") listings[side].set(state.externalId, seen.state);
  }
}

/** What the partner refused, when the link was set aside for that. Other failures explain nothing: they are faults. */
async function refusalOf({ sync, store }: VerifyOptions, link: Link): Promise<string | undefined> {
  const records = SIDES.flatMap((side) => {
    const externalId = link[side]?.externalId;
    return externalId === undefined ? [] : [keyText({ kind: "record", syncId: sync.id, side, externalId })];
  });
  for (const key of [keyText({ kind: "link", linkId: link.id }), ...records]) {
    const due = await store.dueKey(sync.workspaceId, key);
    if (due?.state === "dead" && due.error?.kind === "rejected") return `set aside for a person: ${due.error.message}`;
  }
  return undefined;
}

/** What differs on one link; the records it speaks of are taken out of the listings. */
function compareLink(
  sync: Sync,
  mapping: Mapping,
  link: Link,
  listings: Listings,
  isOrphan: boolean,
): DifferenceView[] {
  const seen = {
    left: take(listings.left, link.left?.externalId),
    right: take(listings.right, link.right?.externalId),
  };
  if (link.state === "tombstone") return [];
  if (isOrphan && link.state !== "unlinked")
    return [{ ...named(link), kind: "field", explained: "waits for its contact" }];
  if (link.state === "unlinked") return [{ ...named(link), kind: "field", explained: "no longer linked, by policy" }];
  if (link.state !== "linked") return [lonely(mapping, link, seen.left === undefined ? "left" : "right")];
  if (seen.left === undefined || seen.right === undefined) {
    return [missing(sync, link, seen.left === undefined ? "left" : "right")];
  }
  const { left, right } = seen;
  return mapping.fields.flatMap((field) => compareField(field, link, left, right));
}

function take(records: Map<string, Snapshot>, externalId: string | undefined): Snapshot | undefined {
  if (externalId === undefined) return undefined;
  const record = records.get(externalId);
  records.delete(externalId);
  return record;
}

function named(link: Link): { linkId: string; title: string } {
  return { linkId: link.id, title: link.title };
}

/** A linked record that its listing does not show: explained when the hub knows that it was deleted and why that stays. */
function missing(sync: Sync, link: Link, side: Side): DifferenceView {
  const explained = whyMissing(sync, link, side);
  return {
    ...named(link),
    kind: side === "left" ? "missingLeft" : "missingRight",
    side,
    ...(explained === undefined ? {} : { explained }),
  };
}

function whyMissing({ deletes }: Sync, link: Link, side: Side): string | undefined {
  if (!isProvedGone(link[side])) return undefined;
  const policy = side === "left" ? deletes.onLeftGone : deletes.onRightGone;
  if (policy === "leave") return "deleted there; left as it is, by policy";
  return link[side]?.heldAt === undefined
    ? undefined
    : "deleted there, with many others; waits for a person to allow it";
}

function lonely(mapping: Mapping, link: Link, missing: Side): DifferenceView {
  const kind = missing === "left" ? "missingLeft" : "missingRight";
  const explained = whyLonely(link) ?? whyNoPlace(mapping, link, missing);
  return { ...named(link), kind, ...(explained === undefined ? {} : { explained }) };
}

function whyLonely(link: Link): string | undefined {
  if (link.state === "ambiguous") return "several could be the same; waits for you";
  if (link.keptAloneAt !== undefined) return "kept on one side, as a person chose";
  return link.beforeStart === "newOnly" ? "there before the start; left alone, as was chosen" : undefined;
}

/** I17: such a record stays on its side. */
function whyNoPlace(mapping: Mapping, link: Link, missing: Side): string | undefined {
  const state = link[otherSide(missing)];
  if (state === undefined) return undefined;
  const fields = counterpartFields(mapping, otherSide(missing), state);
  return lacksPlace(mapping, missing, fields) ? "has no e-mail, without which nobody can be there" : undefined;
}

function compareField(field: MappedField, link: Link, left: Snapshot, right: Snapshot): DifferenceView[] {
  const values = { left: left.fields[field.keys.left], right: right.fields[field.keys.right] };
  if (values.left === undefined || values.right === undefined) return [];
  const forms = { left: field.normal("left", values.left), right: field.normal("right", values.right) };
  if (isSameForm(field, forms.left, forms.right, left, right)) return [];
  const explained = explain(field, link, forms.left, forms.right);
  return [
    {
      ...named(link),
      kind: "field",
      field: field.label,
      left: plain(values.left),
      right: plain(values.right),
      ...(explained === undefined ? {} : { explained }),
    },
  ];
}

function isSameForm(field: MappedField, left: Value, right: Value, leftRow: Snapshot, rightRow: Snapshot): boolean {
  if (isSameValue(left, right)) return true;
  const isFolded =
    leftRow.folded?.includes(field.keys.left) === true || rightRow.folded?.includes(field.keys.right) === true;
  return isFolded && String(left).toLowerCase() === String(right).toLowerCase();
}

/** Why the hub leaves this difference as it is, when it does so on purpose. */
function explain(field: MappedField, link: Link, left: Value, right: Value): string | undefined {
  if (link.conflicts.some((conflict) => conflict.field === field.id)) return "both sides changed; waits for you";
  const finding = link.findings.find((candidate) => candidate.field === field.id);
  if (finding !== undefined) return finding.message;
  const base = link.base[field.agreement];
  const isAgreed = base !== undefined && isSameValue(base[0], left) && isSameValue(base[1], right);
  if (!isAgreed) return undefined;
  if (!field.canWrite.left || !field.canWrite.right) return "one side can not be written";
  if (field.clear === "leave" && (isEmpty(left) || isEmpty(right))) return "emptying is not carried over, by policy";
  return "agreed so: the partner keeps another form, or it was so at the start";
}

function unknownRecord(open: OpenSync, side: Side, record: Snapshot): DifferenceView {
  const title = `${open.partners[side].name} ${record.externalId}`;
  return { title, kind: "unknownRecord", side };
}

function plain(value: Value): string | number | boolean | string[] {
  return typeof value === "object" ? [...value] : value;
}
