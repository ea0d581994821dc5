import { otherSide, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { Intent, Link, SideState } from "../ports.ts";
import { askAboutSuspects } from "./asking.ts";
import { type Made, resolveIntent } from "./create.ts";
import { reconcileGone } from "./gone.ts";
import { isKeptAlone, isOneSided } from "./identify.ts";
import { withSide } from "./observe.ts";
import { type Attempt, again, decided, type Outcome } from "./outcome.ts";
import { sentBase } from "./pair.ts";
import { joinedKeys } from "./remember.ts";

/**
 * A record without counterpart is gone. Where its counterpart was being made, the outcome of that comes first: what was
 * made is linked, so that the deletion reaches it too instead of bringing the deleted record back.
 */
export async function reconcileBereft(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
): Promise<Outcome> {
  const state = link[side];
  const [open] = await context.store.intentsOfLink(attempt.open.sync.workspaceId, link.id);
  if (open === undefined || state === undefined) {
    return reconcileGone(context, attempt, mapping, link, side, undefined);
  }
  const made = await resolveIntent(context, attempt, mapping, open);
  if (made.kind === "wait") return again(made.until);
  // Who may be what was made stays behind with the question; this record's own end is looked at again at once.
  if (made.kind === "unclear") {
    return { ...(await askAboutSuspects(context, attempt, link, made)), againAt: context.clock.now() };
  }
  if (made.kind === "nothing") return reconcileGone(context, attempt, mapping, link, side, undefined);
  return linkMade(context, attempt, mapping, { link, side, state, open }, made);
}

/** A one-sided link, its record as last seen, and the create that was open for it. */
interface Bereft {
  readonly link: Link;
  readonly side: Side;
  readonly state: SideState;
  readonly open: Intent;
}

async function linkMade(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  { link, side, state, open }: Bereft,
  made: Extract<Made, { kind: "there" }>,
): Promise<Outcome> {
  const { workspaceId, id } = attempt.open.sync;
  const across = otherSide(side);
  const now = context.clock.now();
  const closing = { kind: "closeIntent", intentId: open.id } as const;
  const other = await context.store.linkByRecord(workspaceId, id, across, made.state.externalId);
  const isTaken = other !== undefined && (!isOneSided(other) || other.state === "unlinked" || isKeptAlone(other));
  if (isTaken) return again(now, [closing]);
  const pair = side === "left" ? { left: state, right: made.state } : { left: made.state, right: state };
  const base = sentBase(mapping, { side: across, fields: open.sent }, pair);
  const linked: Link = { ...withSide(link, across, made.state), state: "linked", base, updatedAt: now };
  const summary = `Found in ${attempt.open.partners[across].name}, after it was deleted in ${attempt.open.partners[side].name}.`;
  const outcome = decided(context, attempt, linked, "linked", summary, {
    effects: [
      closing,
      ...(other === undefined ? [] : [{ kind: "dropLink", linkId: other.id, into: link.id } as const]),
    ],
    keys: joinedKeys(attempt, linked, mapping),
  });
  return { ...outcome, againAt: now };
}
