import { otherSide, SIDES, type Side } from "../../../model/record.ts";
import { JOT_FIELDS, JOT_NAMES, seen } from "../../children/jots.ts";
import { lastJotDeeds, type Writing } from "../../children/ledger.ts";
import { listedOf } from "../../oracles/listed.ts";
import { nameOf } from "../../people.ts";
import { SYNC_ID } from "../../rules.ts";
import { standingOf } from "../jots.ts";
import { type ShownJot, screenOf } from "../screens.ts";
import type { PairWorld } from "../world.ts";

/** What must be true of the notes and tasks that people wrote in every healed run. See `index.ts`. */

interface Verdict {
  readonly writing: Writing;
  readonly at: Readonly<Record<Side, readonly ShownJot[]>>;
  /** Whether people are told of it, or its contact is not followed. */
  readonly isExcused: boolean;
  /** Fields that a person is asked about, or that a finding explains. */
  readonly fields: ReadonlySet<string>;
}

async function verdicts(world: PairWorld): Promise<readonly Verdict[]> {
  const found: Verdict[] = [];
  for (const writing of world.ledger.jots.written.values()) {
    const { kind, jot } = writing;
    const at = {
      left: await standingOf(world, "left", kind, jot),
      right: await standingOf(world, "right", kind, jot),
    };
    const fields = new Set<string>();
    let isExcused = false;
    for (const side of SIDES) {
      for (const standing of at[side]) {
        const told = await listedOf(world, side, standing.id, kind);
        for (const field of told.fields) fields.add(field);
        isExcused ||= told.isAmbiguous || told.isSetAside || told.isUnlinked;
        isExcused ||= !(await isFollowed(world, side, standing.contactId));
      }
    }
    found.push({ writing, at, isExcused, fields });
  }
  return found;
}

/** Whether both records of a contact are there and followed: only under such a contact anything is kept in step. */
export async function isFollowed(world: PairWorld, side: Side, contactId: string): Promise<boolean> {
  const { link, isSetAside } = await listedOf(world, side, contactId, SYNC_ID);
  if (link?.state !== "linked" || isSetAside) return false;
  for (const each of SIDES) {
    const people = await screenOf(world, each).people();
    if (!people.some(({ id }) => id === link[each]?.externalId)) return false;
  }
  return true;
}

function called({ kind, jot, person }: Writing): string {
  return `${JOT_NAMES[kind]} ${jot} of ${nameOf(person)}`;
}

function isDiscarded({ ledger }: PairWorld, { jot }: Writing, side?: Side): boolean {
  return ledger.jots.discarded.some((one) => one.jot === jot && (side === undefined || one.side === side));
}

function isUprooted({ ledger }: PairWorld, { person }: Writing): boolean {
  return ledger.removals.some((one) => one.person === person);
}

/** None is there twice, none that was deleted comes back, and none is gone that nobody deleted. SPEC: H1, H4, H6, H9. */
export async function wrongJots(world: PairWorld): Promise<readonly string[]> {
  return (await verdicts(world)).flatMap(({ writing, at }) => {
    const isGone = at[writing.side].length === 0 && !isDiscarded(world, writing) && !isUprooted(world, writing);
    return [
      ...SIDES.flatMap((side) => [
        ...(at[side].length > 1 ? [`${called(writing)} is there ${at[side].length} times on the ${side}`] : []),
        ...(at[side].length > 0 && isDiscarded(world, writing, side)
          ? [`${called(writing)} was deleted on the ${side} and is there again`]
          : []),
      ]),
      ...(isGone && !world.ledger.unsure.has(writing.jot)
        ? [`${called(writing)} is not on the ${writing.side}, where it was written, and nobody deleted it`]
        : []),
    ];
  });
}

/** Under contacts that are linked both sides have the same, or the hub says why not. SPEC: H1, H2, H13. */
export async function differingPairJots(world: PairWorld): Promise<readonly string[]> {
  return (await verdicts(world)).flatMap(({ writing, at, isExcused, fields }) => {
    const [left] = at.left;
    const [right] = at.right;
    if (isExcused || (left === undefined && right === undefined)) return [];
    if (left === undefined || right === undefined) {
      const side = left === undefined ? "right" : "left";
      return isLeftAlone(world, writing, side)
        ? []
        : [`${called(writing)} is on the ${side} only, and nobody was told`];
    }
    return JOT_FIELDS[writing.kind].flatMap((field) => {
      const [one, other] = [seen(left, field), seen(right, field)];
      if (one === other || fields.has(field)) return [];
      return [`${called(writing)} says "${one}" as ${field} on the left and "${other}" on the right`];
    });
  });
}

/** D5: under `leave` a counterpart stays where a person deleted the other; D4: and where somebody edited it. */
function isLeftAlone({ ledger, habits }: PairWorld, writing: Writing, side: Side): boolean {
  const across = otherSide(side);
  if (!ledger.jots.discarded.some((one) => one.jot === writing.jot && one.side === across)) return false;
  const policy = across === "left" ? habits.onLeftGone : habits.onRightGone;
  const isEdited =
    writing.side === side || ledger.jots.deeds.some((one) => one.jot === writing.jot && one.side === side);
  return policy === "leave" || isEdited;
}

/** No edit is lost: a field says what somebody last said in it on one side or the other. SPEC: M1, M3 to M7, H2. */
export async function lostJotDeeds(world: PairWorld): Promise<readonly string[]> {
  return (await verdicts(world)).flatMap(({ writing, at, isExcused }) => {
    if (isExcused || isDiscarded(world, writing) || isUprooted(world, writing)) return [];
    return SIDES.flatMap((side) =>
      at[side].flatMap((standing) =>
        JOT_FIELDS[writing.kind].flatMap((field) => {
          const last = lastJotDeeds(world.ledger.jots, writing.jot, field).map(({ value }) => value);
          const value = seen(standing, field);
          if (last.length === 0 || last.includes(value)) return [];
          return [`${called(writing)} says "${value}" as ${field} on the ${side}, where people last said ${last}`];
        }),
      ),
    );
  });
}
