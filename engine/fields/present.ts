import type { FieldChoiceView, FieldFindingView } from "../../model/api/fields.ts";
import type { FieldDefinition } from "../../model/field.ts";
import { PRIORITIES } from "../../model/priority.ts";
import type { Side } from "../../model/record.ts";
import { openSync } from "../context.ts";
import type { Mapping } from "../mapping/compile.ts";
import type { EngineStore, FieldFinding, FieldWatch, PartnerOf, Sync } from "../ports.ts";
import { readingFields } from "./keeper.ts";
import { isMovable, lostOptions, movedRows } from "./watch.ts";

/** The findings as people see them, each with what the field was; no partner is asked. Pure. */
export function presentFindings({ known, findings }: FieldWatch): FieldFindingView[] {
  return findings.flatMap((finding) => {
    const was = known[finding.side][finding.key];
    return was === undefined ? [] : [presentFinding(finding, was)];
  });
}

function presentFinding(finding: FieldFinding, was: FieldDefinition): FieldFindingView {
  const { side, key, change, now, since, records, isLeftOut, triedAt } = finding;
  return {
    side,
    field: key,
    label: was.label,
    change,
    was: was.type,
    ...(now === undefined ? {} : { is: now.type, nowCalled: now.label }),
    lost: change === "options" ? [...lostOptions(was, now)] : [],
    since,
    ...(records === undefined ? {} : { records }),
    isLeftOut: isLeftOut === true,
    ...(triedAt === undefined ? {} : { triedAt }),
  };
}

/**
 * The findings of a sync, each with the fields that could take the place of the one it is about: those of its side that
 * no row reads and that values can be written to. One of the same name is suggested.
 */
export async function fieldChoices(
  sync: Sync,
  partnerOf: PartnerOf,
  store: Pick<EngineStore, "fieldWatch">,
): Promise<FieldChoiceView[]> {
  const watch = await store.fieldWatch(sync.workspaceId, sync.id);
  if (watch === undefined || watch.findings.length === 0) return [];
  const open = openSync(sync.workspaceId, sync, partnerOf, readingFields(store));
  const calls = { priority: PRIORITIES.live, calls: [] };
  const mapping = await open.mapping(calls);
  const free = {
    left: freeFields(mapping, watch, "left", await open.partners.left.describe(calls)),
    right: freeFields(mapping, watch, "right", await open.partners.right.describe(calls)),
  };
  const rows = movedRows(sync.mapping, watch.moved);
  return presentFindings(watch).map((finding) => {
    const canMove = rows.some((row) => isMovable(row, finding.side, finding.field));
    return { ...finding, choices: canMove ? free[finding.side].map((field) => choiceOf(field, finding)) : [] };
  });
}

function choiceOf({ key, label }: FieldDefinition, finding: FieldFindingView): FieldChoiceView["choices"][number] {
  return { field: key, label, isSuggested: isSameName(label, finding.label) };
}

function isSameName(one: string, other: string): boolean {
  return one.trim().toLowerCase() === other.trim().toLowerCase();
}

function freeFields(
  mapping: Mapping,
  { findings }: FieldWatch,
  side: Side,
  fields: readonly FieldDefinition[],
): readonly FieldDefinition[] {
  const taken = new Set(mapping.fields.flatMap((field) => field.reads[side]));
  for (const finding of findings) if (finding.side === side) taken.add(finding.key);
  return fields.filter(({ key, type, isWritable }) => !taken.has(key) && isWritable && type !== "json");
}
