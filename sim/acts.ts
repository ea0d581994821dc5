import { otherSide, type Side } from "../model/record.ts";
import type { DeskContact } from "../sandbox/control/desk.ts";
import { noteEdited, noteTagged } from "./ledger.ts";
import { EDITED, type Person, recordsOf, TAGS } from "./people.ts";
import { SYNC_ID, WORKSPACE_ID } from "./rules.ts";
import { asPerson } from "./screen.ts";
import type { World } from "./world.ts";

/** What people do to whole contacts, beside entering and deleting them. */
export type ActStep =
  /** HighLevel makes one contact of two. */
  | { readonly kind: "merge"; readonly survivor: Person; readonly retired: Person }
  /** A deleted contact is brought back under its old id. */
  | { readonly kind: "restore"; readonly side: Side; readonly person: Person };

/**
 * Merges two contacts of HighLevel that the hub knows well: only by what it knew of the retired one can it tell that
 * somebody lives on in its place (D8).
 */
export async function merge(world: World, survivor: Person, retired: Person): Promise<void> {
  const [kept] = recordsOf(world.partners, "left", survivor);
  const [gone] = recordsOf(world.partners, "left", retired);
  if (kept === undefined || gone === undefined || survivor === retired) return;
  const rightId = await wellKnownAs(world, gone);
  if (rightId === undefined) return;
  if (!asPerson(() => world.partners.highlevel.acts.merge(kept.id, gone.id))) return;
  world.ledger.merges.push({ at: world.clock.now(), survivor, retired, rightId });
  noteInherited(world, survivor, kept);
}

/** The counterpart's id, where the hub has both records of a person and has seen the e-mail that it is known by now. */
async function wellKnownAs({ store }: World, record: DeskContact): Promise<string | undefined> {
  const link = await store.linkByRecord(WORKSPACE_ID, SYNC_ID, "left", record.id);
  const email = String(record.fields.email ?? "").toLowerCase();
  const isKnown = link?.state === "linked" && email !== "" && String(link.left?.fields.email).toLowerCase() === email;
  return isKnown ? link.right?.externalId : undefined;
}

/** What the survivor got by the merge counts as said there and then. */
function noteInherited(world: World, survivor: Person, before: DeskContact): void {
  const after = recordsOf(world.partners, "left", survivor)[0];
  if (after === undefined) return;
  const now = world.clock.now();
  const got = EDITED.filter((field) => (before.fields[field] ?? "") !== (after.fields[field] ?? ""));
  const fields = Object.fromEntries(got.map((field) => [field, after.fields[field] ?? ""]));
  noteEdited(world.ledger, now, "left", survivor, fields);
  for (const tag of TAGS) {
    const isGiven = [after.fields.tags ?? []].flat().includes(tag);
    if (isGiven && ![before.fields.tags ?? []].flat().includes(tag))
      noteTagged(world.ledger, now, "left", survivor, { tag, isGiven });
  }
}

/** Brings a person's deleted contact back, once in a run, where nothing stands in its place. */
export async function restore(world: World, side: Side, person: Person): Promise<void> {
  const { ledger, partners, clock } = world;
  if (ledger.restorations.some((one) => one.person === person)) return;
  if (recordsOf(partners, side, person).length > 0) return;
  const id = await deletedRecord(world, side, person);
  const { acts } = side === "left" ? partners.highlevel : partners.salesmate;
  if (id === undefined || !asPerson(() => acts.restore(id))) return;
  ledger.restorations.push({ at: clock.now(), side, person });
}

/** The record that a person deleted on this side, or that the hub deleted because of the other side. */
async function deletedRecord({ ledger, store }: World, side: Side, person: Person): Promise<string | undefined> {
  const removals = ledger.removals.filter((one) => one.person === person);
  const own = removals.findLast((one) => one.side === side);
  if (own !== undefined) return own.id;
  const across = removals.findLast((one) => one.side === otherSide(side));
  if (across === undefined) return undefined;
  const link = await store.linkByRecord(WORKSPACE_ID, SYNC_ID, across.side, across.id);
  return link?.[side]?.externalId;
}

/** Whether a merge had a part in what became of a person. */
export function isMerged({ ledger }: World, person: Person): boolean {
  return ledger.merges.some((one) => one.survivor === person || one.retired === person);
}

/** Whether a person was brought back after a moment, on any side. */
export function isRestoredAfter({ ledger }: World, person: Person, at: number): boolean {
  return ledger.restorations.some((one) => one.person === person && one.at >= at);
}
