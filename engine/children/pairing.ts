import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { isQuiet, plan } from "../merge/plan.ts";
import type { Effect, Link } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { areToldApart, presentSide } from "../reconcile/identify.ts";
import { type Attempt, journalLine } from "../reconcile/outcome.ts";
import { nextLink, observed } from "../reconcile/pair.ts";
import { identityTurn, join } from "../reconcile/remember.ts";
import { contentForm } from "./content.ts";
import { isFree } from "./home.ts";

/**
 * Links on the spot those children of a contact that were just listed and whose counterparts, listed before, say the same
 * in every mapped field: they are agreed on without a call. All others are left to their own keys.
 * @param marks the marks of what the listing showed.
 * @returns those of them that are still needed.
 * Source: docs/SPEC.md H5, H7.
 */
export async function pairEqual(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  parent: Link,
  side: Side,
  marks: readonly Effect[],
): Promise<readonly Effect[]> {
  const keys = new Set(marks.flatMap((effect) => (effect.kind === "mark" ? [effect.mark.key] : [])));
  if (keys.size === 0) return marks;
  const { workspaceId, id } = attempt.open.sync;
  return context.turns.take(identityTurn(id), async () => {
    const siblings = (await context.store.linksByParent(workspaceId, id, parent.id)).filter(isFree);
    const listed = siblings.filter((link) => presentSide(link) === side && keys.has(keyOf(link)));
    if (listed.length === 0) return marks;
    const others = await withoutCreates(
      context,
      attempt,
      siblings.filter((link) => presentSide(link) !== side),
    );
    const paired = pairsOf(attempt, mapping, side, listed, others).flatMap(([link, other]) =>
      agreed(context, attempt, mapping, link, other),
    );
    await context.store.apply(
      context.lane,
      paired.flatMap(({ effects }) => effects),
    );
    const done = new Set(paired.map(({ key }) => key));
    return marks.filter((effect) => effect.kind !== "mark" || !done.has(effect.mark.key));
  });
}

function keyOf(link: Link): string {
  return keyText({ kind: "link", linkId: link.id });
}

/** A counterpart that is being made is not taken away from underneath. */
async function withoutCreates(
  context: LaneContext,
  attempt: Attempt,
  links: readonly Link[],
): Promise<readonly Link[]> {
  const { workspaceId } = attempt.open.sync;
  const open = await Promise.all(links.map(({ id }) => context.store.intentsOfLink(workspaceId, id)));
  return links.filter((_link, place) => open[place]?.length === 0);
}

/** Pairs of equal content, in the order in which both were met; those that a person told apart are left out. */
function pairsOf(
  attempt: Attempt,
  mapping: Mapping,
  side: Side,
  listed: readonly Link[],
  others: readonly Link[],
): readonly (readonly [Link, Link])[] {
  const { resource } = attempt.open.sync;
  const form = (link: Link, where: Side): string => contentForm(mapping, resource, where, link[where]?.fields ?? {});
  const across = Map.groupBy(others, (link) => form(link, otherSide(side)));
  return listed.flatMap((link) => {
    const candidates = across.get(form(link, side)) ?? [];
    const place = candidates.findIndex((other) => !areToldApart(link, other));
    const [other] = place < 0 ? [] : candidates.splice(place, 1);
    return other === undefined ? [] : [[link, other] as const];
  });
}

/** The link that just joined two equal children; nothing where any field is still to be carried. */
function agreed(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  other: Link,
): { readonly key: string; readonly effects: readonly Effect[] }[] {
  const joined = join(link, other);
  const { left, right } = joined;
  if (left === undefined || right === undefined) return [];
  const planned = plan({ mapping, base: {}, left: observed(left), right: observed(right) });
  if (!isQuiet(planned) || planned.findings.length > 0 || planned.conflicts.length > 0) return [];
  const saved = nextLink(context, mapping, joined, planned, { left, right });
  const quietly = { ...attempt, calls: { ...attempt.calls, calls: [] } };
  const summary = "Linked: same text, of the same contact.";
  const detail = { note: `joined with ${other.id}`, mapping };
  const effects: Effect[] = [
    { kind: "dropLink", linkId: other.id },
    { kind: "saveLink", link: saved },
    journalLine(context, quietly, saved, "linked", summary, detail),
  ];
  return [{ key: keyOf(link), effects }];
}
