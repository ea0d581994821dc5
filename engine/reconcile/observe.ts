import type { Side, Snapshot } from "../../model/record.ts";
import { isSameValue } from "../../model/value.ts";
import type { FreshRow, OpenSync } from "../context.ts";
import type { CallContext, Clock, Link, SideState } from "../ports.ts";

/** What one side said just now. */
export type Observation = PresentObservation | { readonly kind: "gone"; readonly asOf: number };

/** The record was there. */
export interface PresentObservation {
  readonly kind: "present";
  readonly state: SideState;
}

/**
 * Reads one record directly. The observation counts as of the moment before the request left (F1).
 * @param parentId of children: the contact they were last seen under.
 */
export async function readSide(
  context: { readonly clock: Pick<Clock, "now"> },
  open: OpenSync,
  side: Side,
  externalId: string,
  calls: CallContext,
  parentId?: string,
): Promise<Observation> {
  const asOf = context.clock.now();
  const answer = await open.partners[side].read(calls, externalId, parentId);
  return answer === "gone" ? { kind: "gone", asOf } : { kind: "present", state: sideState(answer, asOf, parentId) };
}

/**
 * The side of a link as this snapshot shows it.
 * @param askedOf of children: the contact they were asked of, where the snapshot itself does not tell.
 */
export function sideState(snapshot: Snapshot, asOf: number, askedOf?: string): SideState {
  const parentId = snapshot.parentId ?? askedOf;
  return {
    externalId: snapshot.externalId,
    ...(parentId === undefined ? {} : { parentId }),
    fields: snapshot.fields,
    ...(snapshot.folded === undefined || snapshot.folded.length === 0 ? {} : { folded: snapshot.folded }),
    ...(snapshot.version === undefined ? {} : { version: snapshot.version }),
    asOf,
  };
}

/** A row that may stand for reading this side of the link, when the key became due by that very listing. */
export function rowFor(row: FreshRow | undefined, side: Side): PresentObservation | undefined {
  return row?.side === side ? { kind: "present", state: sideState(row.snapshot, row.asOf) } : undefined;
}

/** Whether an observation says anything that the stored state does not; the moment of reading alone is nothing. */
export function isSameState(stored: SideState | undefined, seen: SideState): boolean {
  if (stored === undefined || stored.version !== seen.version || stored.goneAt !== seen.goneAt) return false;
  // Whoever is there has not been merged into another, whatever its notes and tasks did.
  if (stored.mergedInto !== seen.mergedInto) return false;
  if (stored.parentId !== seen.parentId || stored.staleSince !== seen.staleSince) return false;
  if ((stored.folded?.length ?? 0) !== (seen.folded?.length ?? 0)) return false;
  return areSameFields(stored, seen);
}

/** Whether two states of a side say the same in every field. */
export function areSameFields(stored: SideState, seen: SideState): boolean {
  const keys = Object.keys(seen.fields);
  if (keys.length !== Object.keys(stored.fields).length) return false;
  return keys.every((key) => {
    const before = stored.fields[key];
    const after = seen.fields[key];
    return before !== undefined && after !== undefined && isSameValue(before, after);
  });
}

/** The link with one side replaced. */
export function withSide(link: Link, side: Side, state: SideState): Link {
  return side === "left" ? { ...link, left: state } : { ...link, right: state };
}
