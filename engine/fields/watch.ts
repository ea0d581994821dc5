import type { FieldDefinition } from "../../model/field.ts";
import type { FieldAnswer, FieldChange } from "../../model/fieldFindings.ts";
import { SIDES, type Side } from "../../model/record.ts";
import { type MappingRow, readKeys, type SyncConfig } from "../../model/sync.ts";
import type { FieldFinding, FieldWatch } from "../ports.ts";

/**
 * Mapped custom fields that are not what they were. Each is one finding of its sync with a choice for a person, and is
 * left out of the mapping until then. Pure.
 *
 *   in step ──gone, made anew, of another type, or short of an option──> left out, asked about
 *   left out ──as it was──> in step           left out ──said so──> left out for good
 *   left out ──another field takes its place──> in step, by the other field
 *
 * Source: docs/SPEC.md M24 to M26.
 */

/** The field catalogues of both sides. */
export type Catalogues = Readonly<Record<Side, readonly FieldDefinition[]>>;

/** Nothing is known yet: the fields as they are when they are first met are what the mapping goes by. */
export function newWatch(syncId: string): FieldWatch {
  const none = { left: {}, right: {} };
  return { syncId, known: none, findings: [], moved: [], anew: { left: [], right: [] } };
}

/**
 * What is known once both catalogues have been looked at; the same object where nothing is new.
 * @param at epoch ms
 */
export function looked(watch: FieldWatch, config: SyncConfig, catalogues: Catalogues, at: number): FieldWatch {
  const moved = standing(watch, config);
  const rows = movedRows(config.mapping, moved);
  const mapped = { left: keysOf(rows, "left"), right: keysOf(rows, "right") };
  const known = {
    left: knownOf(watch, mapped, catalogues, "left"),
    right: knownOf(watch, mapped, catalogues, "right"),
  };
  const findings = SIDES.flatMap((side) =>
    mapped[side].flatMap((key) => findingOf(watch, side, key, catalogues[side], at)),
  );
  const anew = {
    left: watch.anew.left.filter((key) => mapped.left.includes(key)),
    right: watch.anew.right.filter((key) => mapped.right.includes(key)),
  };
  const next: FieldWatch = { syncId: watch.syncId, known, findings, moved, anew };
  return JSON.stringify(next) === JSON.stringify(watch) ? watch : next;
}

/** Findings that went by themselves: the field is again what it was. */
export function returned(before: FieldWatch, after: FieldWatch): readonly FieldFinding[] {
  return before.findings.filter((finding) => findingAt(after, finding.side, finding.key) === undefined);
}

/** The finding about a field, if there is one. */
export function findingAt(watch: FieldWatch, side: Side, key: string): FieldFinding | undefined {
  return watch.findings.find((finding) => finding.side === side && finding.key === key);
}

/** The keys that are left out on a side. */
export function leftOutKeys({ findings }: FieldWatch, side: Side): readonly string[] {
  return findings.filter((finding) => finding.side === side).map(({ key }) => key);
}

/** The rows as people have moved them to other fields. */
export function movedRows(rows: readonly MappingRow[], moved: FieldWatch["moved"]): readonly MappingRow[] {
  return moved.reduce<readonly MappingRow[]>(
    (all, { side, from, to }) => all.map((row) => (isMovable(row, side, from) ? { ...row, [side]: to } : row)),
    rows,
  );
}

/** Whether the row reads this one field on that side, so that another can take its place. */
export function isMovable(row: MappingRow, side: Side, key: string): boolean {
  return row.parts?.side !== side && row[side] === key;
}

/** What a field has become, by what it was and what it is; `undefined` while it is what it was. */
export function changeOf(was: FieldDefinition, now: FieldDefinition | undefined): FieldChange | undefined {
  if (now === undefined) return "gone";
  if (was.madeAs !== undefined && now.madeAs !== undefined && was.madeAs !== now.madeAs) return "anew";
  if (was.type !== now.type) return "type";
  return lostOptions(was, now).length > 0 ? "options" : undefined;
}

/** The options that a field had and does not have any more; none where it takes any text now. */
export function lostOptions(was: FieldDefinition, now: FieldDefinition | undefined): readonly string[] {
  if (now?.options === undefined) return [];
  const left = new Set(now.options.map(folded));
  return (was.options ?? []).filter((option) => !left.has(folded(option)));
}

/** The watch after a person's answer. What is said of a field that nothing is found about changes nothing. */
export function answered(watch: FieldWatch, answer: FieldAnswer, at: number): FieldWatch {
  const { side, field } = answer;
  const finding = findingAt(watch, side, field);
  if (finding === undefined) return watch;
  switch (answer.kind) {
    case "leaveOut":
      return withFinding(watch, { ...finding, isLeftOut: true });
    case "again": {
      const { isLeftOut: _again, ...open } = finding;
      return withFinding(watch, { ...open, triedAt: at });
    }
    case "mapTo":
      return answer.to === field ? takenAsItIs(watch, finding) : movedTo(watch, finding, answer.to);
    default:
      return answer satisfies never;
  }
}

/** The watch with this finding in the place of the one about the same field. */
export function withFinding(watch: FieldWatch, finding: FieldFinding): FieldWatch {
  const findings = watch.findings.map((one) => (isAbout(one, finding) ? finding : one));
  return { ...watch, findings };
}

/** The field as it is now is what the mapping goes by; one that was made anew starts as before the first agreement. */
export function takenAsItIs(watch: FieldWatch, finding: FieldFinding): FieldWatch {
  const { side, key, now, change } = finding;
  if (now === undefined) return watch;
  const anew = change === "anew" && !watch.anew[side].includes(key) ? [...watch.anew[side], key] : watch.anew[side];
  return {
    ...without(watch, finding),
    known: { ...watch.known, [side]: { ...watch.known[side], [key]: now } },
    anew: { ...watch.anew, [side]: anew },
  };
}

function movedTo(watch: FieldWatch, finding: FieldFinding, to: string): FieldWatch {
  const { side, key } = finding;
  return { ...without(watch, finding), moved: [...watch.moved, { side, from: key, to }] };
}

function without(watch: FieldWatch, finding: FieldFinding): FieldWatch {
  return { ...watch, findings: watch.findings.filter((one) => !isAbout(one, finding)) };
}

function isAbout(one: FieldFinding, other: FieldFinding): boolean {
  return one.side === other.side && one.key === other.key;
}

/** Moves whose row still names the field that was replaced; the configuration has the last word. */
function standing({ moved }: FieldWatch, config: SyncConfig): FieldWatch["moved"] {
  let rows: readonly MappingRow[] = config.mapping;
  return moved.filter((move) => {
    const applies = rows.some((row) => isMovable(row, move.side, move.from));
    if (applies) rows = movedRows(rows, [move]);
    return applies;
  });
}

function keysOf(rows: readonly MappingRow[], side: Side): readonly string[] {
  return [...new Set(rows.flatMap((row) => readKeys(row, side)))];
}

/** What the mapping goes by: what was known, brought up to date as long as the field is what it was. */
function knownOf(
  watch: FieldWatch,
  mapped: Readonly<Record<Side, readonly string[]>>,
  catalogues: Catalogues,
  side: Side,
): Readonly<Record<string, FieldDefinition>> {
  const entries = mapped[side].flatMap((key): [string, FieldDefinition][] => {
    const was = watch.known[side][key];
    const now = definitionOf(catalogues[side], key);
    if (was === undefined) return now?.isCustom === true ? [[key, now]] : [];
    return [[key, now === undefined || changeOf(was, now) !== undefined ? was : now]];
  });
  return Object.fromEntries(entries);
}

function findingOf(
  watch: FieldWatch,
  side: Side,
  key: string,
  catalogue: readonly FieldDefinition[],
  at: number,
): readonly FieldFinding[] {
  const was = watch.known[side][key];
  if (was === undefined) return [];
  const now = definitionOf(catalogue, key);
  const change = changeOf(was, now);
  const before = findingAt(watch, side, key);
  if (change === undefined) return before?.isLeftOut === true ? [before] : [];
  const { now: _then, ...rest } = before ?? { side, key, change, since: at };
  return [{ ...rest, change, ...(now === undefined ? {} : { now }) }];
}

function definitionOf(catalogue: readonly FieldDefinition[], key: string): FieldDefinition | undefined {
  return catalogue.find((field) => field.key === key);
}

function folded(option: string): string {
  return option.trim().toLowerCase();
}
