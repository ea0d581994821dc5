import { otherSide, type Side } from "../../model/record.ts";
import type { Fields } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import { matchKeys, nameForm, nameKey, recognisedBy } from "../match/keys.ts";
import type { Link, SideState } from "../ports.ts";
import { nextLook } from "./claim.ts";
import { SOON_MS } from "./create.ts";
import { isKeptAlone, isOneSided } from "./identify.ts";
import { rowsSince } from "./lost.ts";
import { readSide, withSide } from "./observe.ts";
import { type Attempt, again, decided, type Outcome } from "./outcome.ts";
import { reconcilePair } from "./pair.ts";
import { identityTurn } from "./remember.ts";

/**
 * Two records that were merged at their product look like one deletion, and some products tell nobody. So before a
 * deletion is carried over, whoever lives on under the retired record's keys is looked for: nothing is deleted on the other
 * side as long as somebody does.
 * Source: docs/SPEC.md D8.
 */

/**
 * The record that a retired one was merged into, or goes on as, where a record's id is its e-mail, as a direct read shows
 * it: one that the hub saw take over its notes or tasks, one that has its e-mail, as its own or as a further one, or its phone
 * and its name; or one that is nobody's counterpart yet and has the e-mail that the counterpart across has, or appeared since under the same name.
 */
export async function survivorOf(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
): Promise<SideState | undefined> {
  const retired = link[side];
  if (retired === undefined) return undefined;
  const { ids, foundByMail } = await namesakes(context, attempt, mapping, link, retired, side);
  for (const externalId of ids) {
    if (externalId === retired.externalId) continue;
    const first = await readSide(context, attempt.open, side, externalId, attempt.calls);
    // Something names this record: a single read that says otherwise is believed as little as in D1.
    const seen = first.kind === "gone" ? await readSide(context, attempt.open, side, externalId, attempt.calls) : first;
    if (seen.kind === "gone") continue;
    const holder = await context.store.linkByRecord(attempt.open.sync.workspaceId, link.syncId, side, externalId);
    const isHeir =
      retired.mergedInto === externalId ||
      (foundByMail.has(externalId) && !sharesMail(mapping, attempt, side, retired, seen.state)) ||
      livesOn(mapping, attempt, side, retired, seen.state, holder) ||
      (goesOnAs(mapping, attempt, link, side, seen.state) && (holder === undefined || isFree(holder)));
    if (isHeir) return seen.state;
  }
  return undefined;
}

interface Namesakes {
  readonly ids: ReadonlySet<string>;
  /** Those that the partner finds by the retired one's e-mail. */
  readonly foundByMail: ReadonlySet<string>;
}

/** Records of the side that carry one of its keys, by the hub's own memory and by the partner's look-ups. */
async function namesakes(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  retired: SideState,
  side: Side,
): Promise<Namesakes> {
  const { workspaceId, id, match } = attempt.open.sync;
  const partner = attempt.open.partners[side];
  const ids = new Set(retired.mergedInto === undefined ? [] : [retired.mergedInto]);
  const known = await context.store.linksByKeys(workspaceId, id, side, matchKeys(mapping, match, side, retired.fields));
  for (const { link } of known) if (link[side] !== undefined) ids.add(link[side].externalId);
  const across = otherSide(side);
  const theirs = partner.keyedBy === undefined ? [] : recognisedBy(mapping, match, across, link[across]?.fields ?? {});
  const foundByMail = new Set<string>();
  const own = recognisedBy(mapping, match, side, retired.fields);
  for (const key of [...own, ...theirs]) {
    for (const found of await partner.find(attempt.calls, key.rule, key.value)) {
      ids.add(found);
      if (key.rule === "email" && own.includes(key)) foundByMail.add(found);
    }
  }
  if (partner.keyedBy === undefined) return { ids, foundByMail };
  const name = nameForm(mapping, side, retired.fields);
  for await (const row of rowsSince(partner, attempt, retired.asOf)) {
    if (name !== "" && nameForm(mapping, side, row.fields) === name) ids.add(row.externalId);
  }
  return { ids, foundByMail };
}

/** Whether both have the same e-mail as their own. One that is found by an e-mail and has another has it as a further one. */
function sharesMail(mapping: Mapping, attempt: Attempt, side: Side, retired: SideState, heir: SideState): boolean {
  const [one, other] = [retired, heir].map(({ fields }) =>
    recognisedBy(mapping, attempt.open.sync.match, side, fields).find(({ rule }) => rule === "email"),
  );
  return one?.value === other?.value;
}

/** I11: whether a record whose id is its e-mail may be the retired one under a new one. Pure. */
function goesOnAs(mapping: Mapping, attempt: Attempt, link: Link, side: Side, heir: SideState): boolean {
  if (mapping.keyedBy[side] === undefined) return false;
  const across = otherSide(side);
  const { match } = attempt.open.sync;
  const theirs = recognisedBy(mapping, match, across, link[across]?.fields ?? {});
  const own = recognisedBy(mapping, match, side, heir.fields);
  if (own.some((key) => theirs.some((other) => other.rule === key.rule && other.value === key.value))) return true;
  const name = nameForm(mapping, side, link[side]?.fields ?? {});
  return name !== "" && name === nameForm(mapping, side, heir.fields);
}

/**
 * I11: the link whose record this new one is, where a record's id is its e-mail and somebody changed that: one of the same
 * name whose own record is gone by a direct read. Several are told apart by nobody but a person.
 */
export async function movedFrom(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
): Promise<readonly Link[]> {
  const name = mapping.keyedBy[side] === undefined ? "" : nameForm(mapping, side, link[side]?.fields ?? {});
  if (name === "") return [];
  const { workspaceId, id } = attempt.open.sync;
  const found = await context.store.linksByKeys(workspaceId, id, side, [nameKey(name)]);
  const left: Link[] = [];
  for (const { link: other } of found) {
    const known = other[side];
    if (other.state !== "linked" || known === undefined || isOneSided(other)) continue;
    const seen = await readSide(context, attempt.open, side, known.externalId, attempt.calls);
    if (seen.kind === "gone") left.push(other);
  }
  return left;
}

/**
 * Whether a record carries the retired one's e-mail, or its phone under the same name. A merge fills what the survivor
 * lacks; a key in whose place the hub knows another was given to the record by a person, and says nothing. Pure.
 */
function livesOn(
  mapping: Mapping,
  attempt: Attempt,
  side: Side,
  retired: SideState,
  heir: SideState,
  holder: Link | undefined,
): boolean {
  const { match } = attempt.open.sync;
  const before = recognisedBy(mapping, match, side, agreedFields(mapping, side, holder));
  const shared = matchKeys(mapping, match, side, heir.fields).filter((key) => {
    const [rule] = key.split(":");
    const isGiven = before.some((other) => other.rule === rule && `${other.rule}:${other.value}` !== key);
    return !isGiven && matchKeys(mapping, match, side, retired.fields).includes(key);
  });
  if (shared.some((key) => key.startsWith("email:"))) return true;
  const name = nameForm(mapping, side, retired.fields);
  return shared.length > 0 && name !== "" && name === nameForm(mapping, side, heir.fields);
}

/** What both sides of a link last agreed on, as this side's fields. */
function agreedFields(mapping: Mapping, side: Side, link: Link | undefined): Fields {
  const place = side === "left" ? 0 : 1;
  const agreed = mapping.fields.flatMap((field) => {
    const forms = link?.base[field.agreement];
    return forms === undefined ? [] : [[field.keys[side], forms[place]] as const];
  });
  return Object.fromEntries(agreed);
}

/**
 * The link goes on with the survivor, where that has no counterpart of its own. Otherwise the two counterparts are now
 * of one person: the retired one's is kept as it is and followed no more, which is said in the journal.
 */
export async function goOnWith(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  side: Side,
  survivor: SideState,
  across: SideState,
): Promise<Outcome> {
  const { partners } = attempt.open;
  const merged =
    partners[side].keyedBy === undefined
      ? `Merged with another record in ${partners[side].name}`
      : `Goes on as another record in ${partners[side].name}`;
  const taken = await takeOver(context, attempt, await attempt.open.mapping(attempt.calls), link, side, survivor);
  if (taken.kind === "wait") return again(taken.until);
  if (taken.kind === "held") {
    const { ambiguity: _settled, ...rest } = withSide(link, otherSide(side), across);
    const ended: Link = { ...rest, state: "unlinked", conflicts: [], findings: [], updatedAt: context.clock.now() };
    const summary = `${merged}, which has its own counterpart; the one in ${partners[otherSide(side)].name} was kept and is followed no more.`;
    return decided(context, attempt, ended, "unlinked", summary);
  }
  const pair = side === "left" ? { left: survivor, right: across } : { left: across, right: survivor };
  return reconcilePair(context, attempt, withSide(link, side, survivor), pair, {
    verdict: "linked",
    opening: `${merged}; followed there from now on.`,
    allKeys: true,
  });
}

type TakenOver =
  | { readonly kind: "taken" }
  | { readonly kind: "held" }
  | { readonly kind: "wait"; readonly until: number };

/**
 * Makes the survivor's record the link's own before anything is written, and ends the link that it had without counterpart:
 * whoever met or looked at it meanwhile would make a second counterpart. A create that is under way is waited for.
 */
function takeOver(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  link: Link,
  side: Side,
  survivor: SideState,
): Promise<TakenOver> {
  const { workspaceId, id, match } = attempt.open.sync;
  return context.turns.take(identityTurn(id), async (): Promise<TakenOver> => {
    const other = await context.store.linkByRecord(workspaceId, id, side, survivor.externalId);
    if (other?.id === link.id) return { kind: "taken" };
    if (other !== undefined && !isFree(other)) return { kind: "held" };
    const [underWay] = other === undefined ? [] : await context.store.intentsOfLink(workspaceId, other.id);
    if (underWay !== undefined)
      return { kind: "wait", until: Math.max(nextLook(context, underWay), context.clock.now() + SOON_MS) };
    await context.store.apply(context.lane, [
      ...(other === undefined ? [] : [{ kind: "dropLink", linkId: other.id, into: link.id } as const]),
      {
        kind: "saveLink",
        link: withSide(link, side, survivor),
        keys: { [side]: matchKeys(mapping, match, side, survivor.fields) },
      },
    ]);
    return { kind: "taken" };
  });
}

function isFree(link: Link): boolean {
  return isOneSided(link) && !isKeptAlone(link) && (link.state === "half" || link.state === "ambiguous");
}
