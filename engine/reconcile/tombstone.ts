import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { LaneContext } from "../context.ts";
import type { Link, SideState } from "../ports.ts";
import { keyText } from "../queue/keys.ts";
import { isKeptAlone } from "./identify.ts";
import { type Observation, readSide, withSide } from "./observe.ts";
import { type Attempt, again, decided, type Outcome, SETTLED } from "./outcome.ts";
import { identityTurn } from "./remember.ts";

/**
 * A record that was deleted is there again: somebody brought it back, or a late webhook or a stale list only says so. Its
 * return is believed like its deletion was: when two direct reads, a hold apart, show it.
 * Source: docs/SPEC.md D2, D9.
 */
export async function reconcileTombstone(context: LaneContext, attempt: Attempt, link: Link): Promise<Outcome> {
  const looks = await lookAtSides(context, attempt, link);
  const back = looks.flatMap(({ side, known, seen }) =>
    isBack(link, known, seen) ? [{ side, state: seen.state }] : [],
  );
  if (back.length === 0) return stayGone(link, looks);
  const { holdMs } = attempt.open.sync.deletes;
  const now = context.clock.now();
  const since = Math.min(...back.map(({ side }) => link[side]?.backAt ?? now));
  if (now < since + holdMs || back.some(({ side }) => link[side]?.backAt === undefined)) {
    return again(Math.max(since + holdMs, now + 1), [{ kind: "saveLink", link: noted(link, back, now) }]);
  }
  return revive(context, attempt, link, back);
}

interface Back {
  readonly side: Side;
  readonly state: SideState;
}

/** What a side of a tombstone was last known as, and what it says now. */
interface Look {
  readonly side: Side;
  readonly known: SideState;
  readonly seen: Observation;
}

async function lookAtSides(context: LaneContext, attempt: Attempt, link: Link): Promise<readonly Look[]> {
  const looks: Look[] = [];
  for (const side of SIDES) {
    const known = link[side];
    if (known === undefined) continue;
    const seen = await readSide(context, attempt.open, side, known.externalId, attempt.calls, known.parentId);
    looks.push({ side, known, seen });
  }
  return looks;
}

/** A record of whose end nobody was told counts as brought back only when it says that it was changed since. */
function isBack(link: Link, known: SideState, seen: Observation): seen is Extract<Observation, { kind: "present" }> {
  if (seen.kind === "gone") return false;
  return known.goneAt !== undefined || Number(seen.state.version ?? Number.NaN) > link.updatedAt;
}

function noted(link: Link, back: readonly Back[], now: number): Link {
  return back.reduce((next, { side }) => {
    const known = next[side];
    return known === undefined ? next : withSide(next, side, { ...known, backAt: known.backAt ?? now });
  }, link);
}

/** Nobody is back: what is gone is noted as such, and a return that did not last is forgotten, so that the next is held anew. */
function stayGone(link: Link, looks: readonly Look[]): Outcome {
  const next = looks.reduce((one, { side, known, seen }) => {
    const { backAt: _over, ...rest } = known;
    const goneAt = known.goneAt ?? (seen.kind === "gone" ? seen.asOf : undefined);
    return withSide(one, side, goneAt === undefined ? rest : { ...rest, goneAt });
  }, link);
  const isSame = looks.every(({ side, known }) => known.backAt === undefined && known.goneAt === next[side]?.goneAt);
  return isSame ? SETTLED : { effects: [{ kind: "saveLink", link: next }] };
}

/** D9: followed again as if it had just been met; its counterpart is made anew where that is gone. */
function revive(context: LaneContext, attempt: Attempt, link: Link, back: readonly Back[]): Promise<Outcome> {
  return context.turns.take(identityTurn(link.syncId), async () => {
    const now = context.clock.now();
    const [first, second] = back;
    if (first === undefined) return SETTLED;
    const { left: _left, right: _right, ambiguity: _settled, ...rest } = link;
    const bare: Link = { ...rest, state: second === undefined ? "half" : "linked", base: {}, updatedAt: now };
    const revived = back.reduce((next, { side, state }) => withSide(next, side, state), bare);
    const names = back.map(({ side }) => attempt.open.partners[side].name).join(" and ");
    const across =
      second === undefined && !isKeptAlone(link)
        ? `, to be made again in ${attempt.open.partners[otherSide(first.side)].name}`
        : "";
    const outcome = decided(context, attempt, revived, "linked", `Brought back in ${names}${across}.`);
    // Under the link's own key: the key being worked on may name the record that did not come back.
    const mark = { key: keyText({ kind: "link", linkId: link.id }), syncId: link.syncId, dueAt: now } as const;
    const follow = { ...mark, priority: attempt.due.priority, reason: "follow" } as const;
    return { ...outcome, effects: [...outcome.effects, { kind: "mark", mark: follow }] };
  });
}
