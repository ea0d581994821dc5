import { otherSide } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { MatchDecision } from "../match/decide.ts";
import type { Effect, Link } from "../ports.ts";
import { parseKey } from "../queue/keys.ts";
import { SOON_MS } from "../reconcile/create.ts";
import { areToldApart, presentSide } from "../reconcile/identify.ts";
import { type Attempt, again, type Outcome } from "../reconcile/outcome.ts";
import { contentForm } from "./content.ts";
import { followLink, isFree, parentOf } from "./home.ts";
import { isJustListed, listChildren, noteListed } from "./listing.ts";
import { meetRows } from "./rows.ts";

/**
 * Who is whose counterpart among the children of one contact. Children carry no key, so they are recognised by what they
 * say; several that say the same are interchangeable, and paired in the order in which they were met.
 * Source: docs/SPEC.md H5 to H7.
 */

/** How long a child waits whose contact the partner does not know (any more), until it is known what became of it, ms. */
const LOST_PARENT_WAIT_MS = 60_000;

/**
 * Before a create, the children of the contact across are listed (H6): whoever the hub has not met is remembered, so that
 * it can be recognised.
 * @returns what the attempt comes to where the contact across is gone; its own end is for its own link to decide.
 */
export async function meetSiblings(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<Outcome | undefined> {
  const { sync } = attempt.open;
  const side = otherSide(presentSide(link));
  const parent = await parentOf(context, sync, link);
  const parentId = parent?.[side]?.externalId;
  if (parent === undefined || parentId === undefined) return undefined;
  if (isJustListed(context, attempt, side, parentId, sinceWhen(attempt, link))) return undefined;
  const listed = await listChildren(context, attempt, side, parentId);
  if (listed === "gone") {
    return again(context.clock.now() + LOST_PARENT_WAIT_MS, [followLink(context, attempt, parent)]);
  }
  const { reason, priority } = attempt.due;
  const marks = await meetRows(context, attempt, mapping, side, listed, { reason, priority, isInTurn: true });
  await storeMarks(context, marks);
  // Whoever came from another contact may be the counterpart, and is brought home first.
  if (marks.some(isOfAll)) return again(context.clock.now() + SOON_MS);
  noteListed(context, sync, side, parentId, listed.asOf);
  return undefined;
}

/**
 * From when on a listing across counts: one from before the child itself was met may lack what was written there at the
 * same moment. In a first reading both sides of a contact are listed together, and every child is new: listing each contact
 * once more would find next to nothing.
 */
function sinceWhen(attempt: Attempt, link: Link): number {
  return attempt.due.reason === "backfill" ? 0 : link.createdAt;
}

async function storeMarks(context: LaneContext, marks: readonly Effect[]): Promise<void> {
  if (marks.length > 0) await context.store.apply(context.lane, marks);
}

function isOfAll(effect: Effect): boolean {
  return effect.kind === "mark" && parseKey(effect.mark.key)?.kind === "children";
}

/** The free child across that says the same, where there is one for each that was met before this one. */
export async function identifyChild(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
): Promise<MatchDecision> {
  const { workspaceId, id, resource } = attempt.open.sync;
  const side = presentSide(link);
  const siblings = await context.store.linksByParent(workspaceId, id, link.parentLinkId ?? "");
  const form = (other: Link): string => {
    const where = presentSide(other);
    return contentForm(mapping, resource, where, other[where]?.fields ?? {});
  };
  const wanted = form(link);
  const same = siblings.filter((other) => other.id !== link.id && isFree(other) && form(other) === wanted);
  const before = same.filter((other) => presentSide(other) === side && other.id < link.id);
  const across = same.filter((other) => presentSide(other) !== side && !areToldApart(link, other));
  const chosen = across[before.length];
  return chosen === undefined
    ? { kind: "none" }
    : { kind: "link", linkId: chosen.id, evidence: ["same text, of the same contact"] };
}
