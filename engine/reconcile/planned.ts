import type { Side } from "../../model/record.ts";
import type { Changes } from "../../model/value.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { PlannedWrite } from "../ports.ts";
import type { Attempt } from "./outcome.ts";

/**
 * What an attempt is about to write, noted down before it is sent and struck out when it was carried out: what is left
 * when the attempt fails is what could not be written. People see it beside the failure.
 */

/** Notes one write, its fields by their labels; one without changes only where it is a deletion. */
export function note(attempt: Attempt, mapping: Mapping, act: PlannedWrite["act"], side: Side, changes: Changes): void {
  const entries = Object.entries(changes).map(([key, change]) => [labelOf(mapping, side, key), change] as const);
  if (entries.length === 0 && act !== "delete") return;
  attempt.planned.push({ side, act, changes: Object.fromEntries(entries) });
}

/** Strikes out what was to be written on a side. */
export function strikeOut(attempt: Attempt, side: Side): void {
  const left = attempt.planned.filter((write) => write.side !== side);
  attempt.planned.splice(0, attempt.planned.length, ...left);
}

function labelOf(mapping: Mapping, side: Side, key: string): string {
  return mapping.fields.find((field) => field.keys[side] === key)?.label ?? key;
}
