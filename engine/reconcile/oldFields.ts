import { SIDES, type Side } from "../../model/record.ts";
import { type Change, type Changes, type Fields, isEmpty, isSameValue, type Value } from "../../model/value.ts";
import type { LaneContext } from "../context.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import type { Plan } from "../merge/plan.ts";
import type { Link, SideState } from "../ports.ts";
import type { Attempt } from "./outcome.ts";
import type { Sent } from "./pair.ts";
import type { Written } from "./write.ts";

/**
 * Field catalogues are remembered for some minutes, in which a custom field may be deleted: then its records look as if
 * it had been emptied, and what is written to it is dropped or refused. Where that may be so, the catalogues are read
 * anew before anything is concluded.
 * Source: docs/SPEC.md M25.
 */

/** The mapping to plan with: by the catalogues of now, where a custom field that both sides agreed on reads as empty. */
export async function sureMapping(
  context: LaneContext,
  attempt: Attempt,
  link: Link,
  pair: Readonly<Record<Side, SideState>>,
): Promise<Mapping> {
  const mapping = await attempt.open.mapping(attempt.calls);
  return isEmptied(mapping, link, pair) ? attempt.open.mapping(attempt.calls, context.clock.now()) : mapping;
}

function isEmptied(mapping: Mapping, { base }: Link, pair: Readonly<Record<Side, SideState>>): boolean {
  return mapping.fields.some((field) => {
    const agreed = field.isCustom.left || field.isCustom.right ? base[field.agreement] : undefined;
    if (agreed === undefined) return false;
    return SIDES.some((side) => {
      const present = pair[side].fields[field.keys[side]];
      const before = agreed[side === "left" ? 0 : 1];
      return field.isCustom[side] && present !== undefined && isEmpty(present) && !isEmpty(before);
    });
  });
}

/** The mapping to settle with: by the catalogues of now, where what was written to a custom field is not there. */
export async function presentMapping(
  context: LaneContext,
  attempt: Attempt,
  mapping: Mapping,
  planned: Plan,
  before: Readonly<Record<Side, SideState>>,
  written: Written,
  sent: Sent | undefined,
): Promise<Mapping> {
  const isMissed = SIDES.some((side) => {
    const changes = { ...(sent?.side === side ? changesOf(sent.fields) : {}), ...planned.changes[side] };
    return isAnyMissed(mapping, side, changes, before[side], written);
  });
  return isMissed ? attempt.open.mapping(attempt.calls, context.clock.now()) : mapping;
}

function isAnyMissed(
  mapping: Mapping,
  side: Side,
  changes: Changes,
  before: SideState,
  { after, refused }: Written,
): boolean {
  return mapping.fields.some((field) => {
    const key = field.keys[side];
    const change = field.isCustom[side] ? changes[key] : undefined;
    if (change === undefined) return false;
    return (
      refused.some((one) => one.side === side && one.key === key) ||
      isMissing(field, side, change, before.fields[key], after[side].fields[key])
    );
  });
}

/** Whether nothing is there although something was sent, or still what was there before. */
function isMissing(
  field: MappedField,
  side: Side,
  change: Change,
  before: Value | undefined,
  present: Value | undefined,
): boolean {
  if (change.kind === "clear") return false;
  if (present === undefined || isEmpty(present))
    return change.kind === "elements" ? change.add.length > 0 : !isEmpty(change.value);
  if (before === undefined) return false;
  const isAsBefore = isSameValue(field.normal(side, present), field.normal(side, before));
  const isAsSent = change.kind === "set" && isSameValue(field.normal(side, present), field.normal(side, change.value));
  return isAsBefore && !isAsSent;
}

function changesOf(fields: Fields): Changes {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, { kind: "set", value }]));
}
