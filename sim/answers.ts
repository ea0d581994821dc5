import type { Link } from "../engine/ports.ts";
import { PRIORITIES } from "../kit/http.ts";
import { otherSide, SIDES, type Side } from "../model/record.ts";
import type { DeskContact } from "../sandbox/control/desk.ts";
import type { Subject } from "./ledger.ts";
import { EDITED, everybody, NAMES, type Person, recordsOf } from "./people.ts";
import { SYNC_ID, WORKSPACE_ID } from "./rules.ts";
import type { World } from "./world.ts";

/**
 * What people answer to the questions of a run. They know who is who, by the first name, and say so; of two values they
 * choose either.
 */

/** An answer, as it would be given on the page; what the oracles hold the hub to. */
export type Answer = {
  readonly at: number;
  /** The key by which it is carried out. */
  readonly key: string;
} & Said;

type Said =
  /** The two records are the same. */
  | { readonly kind: "same"; readonly person: Person; readonly ids: Readonly<Record<Side, string>> }
  /** The two records are different people. */
  | { readonly kind: "different"; readonly ids: Readonly<Record<Side, string>> }
  /** The person is nobody who is there on the other side. */
  | { readonly kind: "new"; readonly person: Person; readonly side: Side }
  /** Of a field on which both sides disagree, this side's value counts. */
  | { readonly kind: "keep"; readonly person: Person; readonly side: Side; readonly field: string };

const LINKS_MAX = 1_000;

/** A person answers one of the questions that wait, whichever the roll says (0 to 1); nothing where none waits. */
export async function answer(world: World, roll: number): Promise<void> {
  const open = await answersOf(world, roll);
  const chosen = open[Math.floor(roll * open.length)];
  if (chosen !== undefined) await give(world, [chosen]);
}

/** People answer everything that waits. */
export async function answerAll(world: World): Promise<void> {
  await give(world, await answersOf(world, 0));
}

async function give(world: World, answers: readonly Answer[]): Promise<void> {
  if (answers.length === 0) return;
  world.ledger.answers.push(...answers);
  const mark = { syncId: SYNC_ID, priority: PRIORITIES.live, dueAt: world.clock.now(), reason: "person" } as const;
  await world.store.mark(
    WORKSPACE_ID,
    answers.map(({ key }) => ({ key, ...mark })),
  );
  world.trace.note("answers", ...answers.map(({ key }) => key));
  world.hub()?.work.lanes.wake(WORKSPACE_ID);
}

/** A true answer to each question that waits, where one can be given. @param roll chooses between answers that all are true */
export async function answersOf(world: World, roll: number): Promise<readonly Answer[]> {
  const links = await world.store.linksAfter(WORKSPACE_ID, SYNC_ID, { limit: LINKS_MAX });
  const byId = new Map(links.map((link) => [link.id, link]));
  const at = world.clock.now();
  return links.flatMap((link): Answer[] => {
    if (isHeldBack(link)) return heldBack(world, link, links, roll).map((said) => ({ at, ...said }));
    if (link.state === "ambiguous")
      return [whoIs(world, link, byId)].flatMap((said) => (said ? [{ at, ...said }] : []));
    return link.state === "linked" ? whoseCounts(world, link, roll).map((said) => ({ at, ...said })) : [];
  });
}

type Keyed = Said & { readonly key: string };

function whoIs(world: World, link: Link, byId: ReadonlyMap<string, Link>): Keyed | undefined {
  const side: Side = link.left === undefined ? "right" : "left";
  const across = otherSide(side);
  const person = whose(world, side, link);
  const candidates = link.ambiguity?.candidates ?? [];
  if (person === undefined) return undefined;
  for (const { linkId } of candidates) {
    const other = byId.get(linkId);
    const ids = idsOf(link, other, side);
    if (other === undefined || ids === undefined) continue;
    const isFree = other[side] === undefined && (other.state === "half" || other.state === "ambiguous");
    const theirs = whose(world, across, other);
    if (theirs === person && isFree) return { kind: "same", person, ids, key: `same:${link.id}:${linkId}` };
    const isNews = link.refused?.includes(ids[across]) !== true;
    if (theirs !== undefined && theirs !== person && isNews)
      return { kind: "different", ids, key: `different:${link.id}:${linkId}` };
  }
  const isAcross = recordsOf(world.partners, across, person).length > 0;
  const areLeft = candidates.some(({ linkId }) => whose(world, across, byId.get(linkId)) === undefined);
  return isAcross || !areLeft ? undefined : { kind: "new", person, side, key: `new:${link.id}` };
}

/** A record that was left alone at the start. */
function isHeldBack({ state, beforeStart }: Link): boolean {
  return state === "half" && beforeStart === "newOnly";
}

/** Whoever was left alone can be linked with their other record, and made across where there is none, if people wish. */
function heldBack(world: World, link: Link, links: readonly Link[], roll: number): readonly Keyed[] {
  const side: Side = link.left === undefined ? "right" : "left";
  const person = whose(world, side, link);
  if (person === undefined) return [];
  const other = links.find((one) => isHeldBack(one) && whose(world, otherSide(side), one) === person);
  const ids = idsOf(link, other, side);
  if (other !== undefined && ids !== undefined)
    return side === "left" ? [{ kind: "same", person, ids, key: `same:${link.id}:${other.id}` }] : [];
  const isAcross = recordsOf(world.partners, otherSide(side), person).length > 0;
  return isAcross || roll < WISH ? [] : [{ kind: "new", person, side, key: `new:${link.id}` }];
}

/** From this roll on people wish for a counterpart. */
const WISH = 0.5;

function idsOf(link: Link, other: Link | undefined, side: Side): Readonly<Record<Side, string>> | undefined {
  const own = link[side]?.externalId;
  const theirs = other?.[otherSide(side)]?.externalId;
  if (own === undefined || theirs === undefined) return undefined;
  return side === "left" ? { left: own, right: theirs } : { left: theirs, right: own };
}

/** Who a living record is. */
function whose({ partners }: World, side: Side, link: Link | undefined): Person | undefined {
  const record = everybody(partners, side).find(({ id }) => id === link?.[side]?.externalId);
  return record === undefined ? undefined : personOf(record);
}

function personOf({ fields }: DeskContact): Person | undefined {
  const person = (NAMES as readonly unknown[]).indexOf(fields.firstName);
  return person < 0 ? undefined : person;
}

function whoseCounts(world: World, link: Link, roll: number): readonly Keyed[] {
  const person = whose(world, "left", link);
  if (person === undefined || whose(world, "right", link) !== person) return [];
  const side = SIDES[Math.floor(roll * 1_000) % SIDES.length] ?? "left";
  return link.conflicts.map(({ field }) => ({
    ...({ kind: "keep", person, side, field } as const),
    key: `keep:${link.id}:${side}:${field}`,
  }));
}

/** The subject of a field that was in conflict; tags are merged one by one and never are. */
export function subjectOf(field: string): Subject | undefined {
  return EDITED.find((known) => known === field);
}
