import { otherSide, SIDES, type Side } from "../../model/record.ts";
import { JOT_FIELDS, JOT_NAMES, type JotField, seen } from "../children/jots.ts";
import { lastJotDeeds, type Writing } from "../children/ledger.ts";
import { nameOf, type Person } from "../people.ts";
import { RHYTHM } from "../rules.ts";
import type { World } from "../world.ts";
import { counterpartOf, isDiscarded, isUprooted, jotsOf, type Verdict } from "./listedJot.ts";

/** What must be true of the notes and tasks of every healed run. See `index.ts`. */

function called({ kind, jot, person }: Writing): string {
  return `${JOT_NAMES[kind]} ${jot} of ${nameOf(person)}`;
}

/** None is there twice. SPEC: H1, H6, H9, H12. */
export async function doubledJots(world: World): Promise<readonly string[]> {
  return (await jotsOf(world)).flatMap(({ writing, at }) =>
    SIDES.flatMap((side) =>
      // Two that were one go their own ways when one of them is moved to another contact before the hub has met both.
      at[side].length > 1 && !(writing.isTwin && isUprooted(world, writing.person))
        ? [`${called(writing)} is there ${at[side].length} times on the ${side}`]
        : [],
    ),
  );
}

/**
 * What was deleted does not come back, unless its contact did: what somebody brings back together with its contact is like
 * any deleted record that is brought back, and made again across. What was deleted just before the contact that it was under
 * looks gone with that contact, and is made again where its own lives on in another. SPEC: D2, D9, H4, H13, H14.
 */
export async function returnedJots(world: World): Promise<readonly string[]> {
  return (await jotsOf(world)).flatMap(({ writing, at }) =>
    SIDES.flatMap((side) => {
      const isBack = isDiscarded(world, writing.jot, side) && at[side].length > 0;
      return isBack && !isContactBack(world, writing.person) && !wentWithContact(world, writing, side)
        ? [`${called(writing)} was deleted on the ${side} and is there again`]
        : [];
    }),
  );
}

/** Whether somebody brought back a person's contact, or one that it had been merged into: that has what was under it. */
function isContactBack({ ledger }: Pick<World, "ledger">, person: Person, since = 0): boolean {
  return (
    ledger.restorations.some((one) => one.person === person && one.at >= since) ||
    ledger.merges
      .filter(({ retired, at }) => retired === person && at >= since)
      .some(({ survivor, at }) => isContactBack({ ledger }, survivor, at))
  );
}

/** Whether somebody deleted it, then the contact that it was under, before the hub had looked, while the other was merged. */
function wentWithContact({ ledger }: World, { jot, person }: Writing, side: Side): boolean {
  const gone = ledger.removals.filter((one) => one.person === person && one.side === "right");
  const discarded = ledger.jots.discarded.filter((one) => one.jot === jot && one.side === side);
  const isMerged = ledger.merges.some(({ retired }) => retired === person);
  return isMerged && discarded.some(({ at }) => gone.some((one) => one.at >= at && one.at - at < RHYTHM.sweepMs));
}

/** What nobody deleted is there, where people wrote it. SPEC: H4, H11, H12. */
export async function lostJots(world: World): Promise<readonly string[]> {
  return (await jotsOf(world)).flatMap(({ writing, at }) => {
    const isRemoved = world.ledger.removals.some(({ person }) => person === writing.person);
    const isGone = at[writing.side].length === 0 && !isDiscarded(world, writing.jot);
    // With its contact a note goes; one that was merged away may be deleted with the survivor.
    const isMerged = world.ledger.merges.some(({ retired }) => retired === writing.person);
    return isGone && !isRemoved && !isMerged
      ? [`${called(writing)} is not on the ${writing.side}, where it was written, and nobody deleted it`]
      : [];
  });
}

/** Under contacts that are linked, both sides have the same, or the hub says why not. SPEC: H1, H2, H13, H14, H20. */
export async function differingJots(world: World): Promise<readonly string[]> {
  const found: string[] = [];
  for (const verdict of await jotsOf(world)) {
    if (verdict.isExcused) continue;
    const { writing, at } = verdict;
    const [left] = at.left;
    const [right] = at.right;
    if (left === undefined && right === undefined) continue;
    if (left !== undefined && right !== undefined) {
      found.push(...apart(world, verdict));
      const contact = await counterpartOf(world, "left", left.contactId);
      if (contact?.right?.externalId !== right.contactId && !isUprooted(world, writing.person))
        found.push(`${called(writing)} is under another contact on the right than on the left`);
    } else if (!isLeftAlone(world, verdict)) {
      found.push(`${called(writing)} is on the ${left === undefined ? "right" : "left"} only, and nobody was told`);
    }
  }
  return found;
}

function apart({ pastRules }: World, { writing, at, fields }: Verdict): string[] {
  return JOT_FIELDS[writing.kind].flatMap((field) => {
    const [left, right] = SIDES.map((side) => valueOn({ at }, side, field));
    // M7: where emptying a field is not carried, an empty one may stand beside a filled one.
    const mayDiffer = [left, right].includes("") && pastRules.some((rules) => rules.clear === "leave");
    if (left === right || mayDiffer || fields.has(field)) return [];
    return [
      `${called(writing)} says "${left}" as ${field} on the left and "${right}" on the right, and nobody was told`,
    ];
  });
}

function valueOn({ at }: Pick<Verdict, "at">, side: "left" | "right", field: JotField): string | undefined {
  const [standing] = at[side];
  return standing === undefined ? undefined : seen(standing.child, field);
}

/** D5: under `leave` a counterpart stays where a person deleted the other, or its contact with all that was under it. */
function isLeftAlone({ ledger, pastRules }: World, { writing, at }: Verdict): boolean {
  return SIDES.some((side) => {
    const policy = side === "left" ? "onLeftGone" : "onRightGone";
    const isDeleted =
      ledger.jots.discarded.some((one) => one.jot === writing.jot) ||
      ledger.removals.some((one) => one.person === writing.person && one.side === side);
    const isGone = at[side].length === 0 && isDeleted;
    return isGone && pastRules.some((rules) => rules[policy] === "leave");
  });
}

/** No edit is lost: a field says what somebody last said in it on one side or the other. SPEC: M1, M3 to M7, H2. */
export async function lostWords(world: World): Promise<readonly string[]> {
  return (await jotsOf(world)).flatMap((verdict) => {
    const { writing, at, isExcused } = verdict;
    // Whoever deletes a contact, on either side, deletes what was said in its notes and not carried yet.
    const isRemoved = world.ledger.removals.some(({ person }) => person === writing.person);
    if (isExcused || isRemoved || isDiscarded(world, writing.jot)) return [];
    return SIDES.flatMap((side) =>
      at[side].length === 0 ? [] : JOT_FIELDS[writing.kind].flatMap((field) => lostIn(world, verdict, side, field)),
    );
  });
}

function lostIn(world: World, { writing, at }: Verdict, side: "left" | "right", field: JotField): string[] {
  const value = valueOn({ at }, side, field);
  const { jots } = world.ledger;
  const last = lastJotDeeds(jots, writing.jot, field);
  const isClearedOnce = last.some((deed) => deed.value === "");
  // M7: what was cleared on one side only may stay on the other where clearing is not carried, whoever had said it.
  const mayStay = isClearedOnce && world.pastRules.some((rules) => rules.clear === "leave");
  const allowed = mayStay ? jots.deeds.filter((deed) => deed.jot === writing.jot && deed.field === field) : last;
  if (allowed.some((deed) => deed.value === value)) return [];
  const said = last.map((deed) => `"${deed.value}" on the ${deed.side} at ${deed.at}`);
  return [
    `${called(writing)} says "${value}" as ${field} on the ${side}, where people last said ${said.join(" and ")}`,
  ];
}

/** Where the policy says so, a deletion reaches the other side, unless somebody edited there. SPEC: D3, D4, H2. */
export async function uncarriedJots(world: World): Promise<readonly string[]> {
  const { ledger, pastRules } = world;
  return (await jotsOf(world)).flatMap(({ writing, at, isExcused }) =>
    ledger.jots.discarded.flatMap(({ jot, side }) => {
      const across = otherSide(side);
      const policy = side === "left" ? "onLeftGone" : "onRightGone";
      const isStanding = jot === writing.jot && at[across].length > 0;
      const isEdited =
        writing.side === across || ledger.jots.deeds.some((one) => one.jot === jot && one.side === across);
      const isElsewhere = pastRules.some((rules) => rules[policy] !== "delete") || isUprooted(world, writing.person);
      if (!isStanding || isEdited || isElsewhere || isExcused) return [];
      return [`${called(writing)} was deleted on the ${side} and is still on the ${across}, where nobody edited it`];
    }),
  );
}
