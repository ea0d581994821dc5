import { otherSide, type Resource, type Side, type Snapshot } from "../../model/record.ts";
import { type Fields, isSameValue } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Intent, SideState } from "../ports.ts";
import { holderOf, isTaken, refusedBy, type Search } from "../reconcile/lost.ts";
import { readSide } from "../reconcile/observe.ts";
import type { Attempt } from "../reconcile/outcome.ts";
import { contentForm, sharesContent } from "./content.ts";
import { listChildren } from "./listing.ts";

/**
 * What a create under a contact made whose answer was lost: looked for among that contact's children. Nothing is found
 * under a contact that is gone; what was made there has gone with it.
 * Source: docs/SPEC.md H9, H10.
 */
export const AMONG_SIBLINGS: Search = { findSent, suspectsOf, isCertain };

/**
 * One that reads as what was sent; when nothing can appear any more, one that says what its counterpart says by now:
 * both were edited alike, and children that say the same are interchangeable.
 */
async function findSent(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  intent: Intent,
): Promise<SideState | undefined> {
  const { resource } = attempt.open.sync;
  const isOver = context.clock.now() >= intent.horizonAt;
  const free = await freeChildren(context, attempt, intent, () => true);
  const wanted = isOver ? await presentContent(context, attempt, mapping, intent) : undefined;
  const asSent = free.filter((record) => readsAsSent(mapping, resource, intent.side, record.fields, intent.sent));
  const asNow = free.filter((record) => contentForm(mapping, resource, intent.side, record.fields) === wanted);
  for (const record of [...asSent, ...asNow]) {
    const seen = await readSide(context, attempt.open, intent.side, record.externalId, attempt.calls, record.parentId);
    if (seen.kind === "present") return seen.state;
  }
  return undefined;
}

/** What the record says now that the create is for. */
async function presentContent(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  { linkId, side }: Intent,
): Promise<string | undefined> {
  const { workspaceId, resource } = attempt.open.sync;
  const from = otherSide(side);
  const state = (await context.store.link(workspaceId, linkId))?.[from];
  return state === undefined ? undefined : contentForm(mapping, resource, from, state.fields);
}

async function suspectsOf(
  context: LaneContext,
  attempt: Attempt,
  _mapping: Mapping,
  intent: Intent,
): Promise<readonly SideState[]> {
  const isLater = (metAt: number | undefined): boolean => metAt === undefined || metAt >= intent.startedAt;
  const suspects: SideState[] = [];
  for (const record of await freeChildren(context, attempt, intent, isLater)) {
    const seen = await readSide(context, attempt.open, intent.side, record.externalId, attempt.calls, record.parentId);
    if (seen.kind === "present") suspects.push(seen.state);
  }
  return suspects;
}

/** The same text in one field that tells, such as the title, is to a child what the name is to a person (C11). */
function isCertain(mapping: Mapping, attempt: Attempt, side: Side, sent: Fields, fields: Fields): boolean {
  return sharesContent(mapping, attempt.open.sync.resource, side, sent, fields);
}

/**
 * Children of the contact that have no counterpart and were not told apart from the one this create is for.
 * @param isWanted of when the hub first met the record, epoch ms; `undefined` when it has not.
 */
async function freeChildren(
  context: LaneContext,
  attempt: Attempt,
  intent: Intent,
  isWanted: (metAt: number | undefined) => boolean,
): Promise<readonly Snapshot[]> {
  const { parentId } = intent;
  const listed = parentId === undefined ? "gone" : await listChildren(context, attempt, intent.side, parentId);
  if (listed === "gone") return [];
  const refused = await refusedBy(context, attempt, intent);
  const free: Snapshot[] = [];
  for (const record of listed.records) {
    if (refused.includes(record.externalId)) continue;
    const holder = await holderOf(context, attempt, intent.side, record.externalId);
    if ((holder === undefined || !isTaken(holder)) && isWanted(holder?.createdAt)) free.push(record);
  }
  return free;
}

/**
 * Whether a record says what was sent and nothing else that tells: of a note sent without a title, one with a title is
 * another. Fields that a list does not show say nothing.
 */
function readsAsSent(mapping: Mapping, resource: Resource, side: Side, fields: Fields, sent: Fields): boolean {
  const isKept = mapping.fields.every((field) => {
    const [before, now] = [sent[field.keys[side]], fields[field.keys[side]]];
    return (
      before === undefined || now === undefined || isSameValue(field.normal(side, before), field.normal(side, now))
    );
  });
  return (
    isKept &&
    contentForm(mapping, resource, side, { ...sent, ...fields }) === contentForm(mapping, resource, side, sent)
  );
}
