import type { Link } from "../../engine/ports.ts";
import type { Side } from "../../model/record.ts";
import { type Jot, type JotKind, type Standing, standings } from "../children/jots.ts";
import type { Writing } from "../children/ledger.ts";
import type { Person } from "../people.ts";
import { SYNC_ID, WORKSPACE_ID } from "../rules.ts";
import type { World } from "../world.ts";
import { listedOf } from "./listed.ts";

/** A note or task of a run at its end: where it stands, and what the hub tells of it. */
export interface Verdict {
  readonly writing: Writing;
  readonly at: Readonly<Record<Side, readonly Standing[]>>;
  /** Whether people are told of it, or a policy keeps it apart. */
  readonly isExcused: boolean;
  /** Fields that a person is asked about, or that a finding explains. */
  readonly fields: ReadonlySet<string>;
}

/** Every note and task that was written in a run, of kinds that are kept in step. */
export async function jotsOf(world: World): Promise<readonly Verdict[]> {
  const found: Verdict[] = [];
  for (const writing of world.ledger.jots.written.values()) {
    if (!world.rules().children.includes(writing.kind)) continue;
    const at = standings(world, writing.kind, writing.jot);
    const told = await Promise.all(
      (["left", "right"] as const).flatMap((side) =>
        at[side].map((standing) => toldOf(world, writing, side, standing)),
      ),
    );
    found.push({
      writing,
      at,
      isExcused: told.some(({ isExcused }) => isExcused),
      fields: new Set(told.flatMap(({ fields }) => [...fields])),
    });
  }
  return found;
}

async function toldOf(world: World, { kind, at }: Writing, side: Side, { child, contactId }: Standing) {
  const { link, fields, ...told } = await listedOf(world, side, child.id, kind);
  const contact = await listedOf(world, side, contactId);
  const isApart = [told, contact].some((one) => one.isAmbiguous || one.isSetAside || one.isUnlinked);
  const isLeftAlone = link?.beforeStart === "newOnly" && at <= (await readAt(world, kind));
  return { fields, isExcused: isApart || isLeftAlone || isEnded(link) || !(await isFollowed(world, contact.link)) };
}

/** When the first reading of a kind had ended, epoch ms: what it met was there before the start (T5). */
async function readAt({ store }: World, kind: JotKind): Promise<number> {
  const reading = await store.checkpoint(WORKSPACE_ID, kind, "left", "match");
  return reading?.finishedAt ?? Number.POSITIVE_INFINITY;
}

function isEnded(link: Link | undefined): boolean {
  return link?.state === "unlinked";
}

/** Whether both records of the contact are there and followed: only under such a contact anything is kept in step. */
async function isFollowed({ partners }: World, link: Link | undefined): Promise<boolean> {
  if (link?.state !== "linked") return false;
  return (["left", "right"] as const).every((side) => {
    const id = link[side]?.externalId;
    return partners.desk[side].list("", 0, 1_000).contacts.some((contact) => contact.id === id);
  });
}

/** The contact across that a note or task should be under. */
export async function counterpartOf({ store }: World, side: Side, contactId: string): Promise<Link | undefined> {
  return store.linkByRecord(WORKSPACE_ID, SYNC_ID, side, contactId);
}

/** Whether what became of a person's contact had its own part in what became of the notes and tasks under it. */
export function isUprooted({ ledger }: World, person: Person): boolean {
  return (
    ledger.removals.some((one) => one.person === person) ||
    ledger.merges.some((one) => one.retired === person || one.survivor === person) ||
    ledger.restorations.some((one) => one.person === person)
  );
}

/** Whether a person deleted it, on this side or any. */
export function isDiscarded({ ledger }: World, jot: Jot, side?: Side): boolean {
  return ledger.jots.discarded.some((one) => one.jot === jot && (side === undefined || one.side === side));
}
