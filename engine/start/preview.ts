import type { PreviewFieldView, PreviewKind } from "../../model/api/previews.ts";
import { otherSide, SIDES, type Side } from "../../model/record.ts";
import type { StartMode } from "../../model/sync.ts";
import { applyChanges, EMPTY, isEmpty, type Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";
import { type Observed, type Plan, plan } from "../merge/plan.ts";
import type { Link } from "../ports.ts";
import { isKeptAlone, isOneSided, presentSide } from "../reconcile/identify.ts";
import { observed } from "../reconcile/pair.ts";
import { type Both, baseOf, keptApart } from "./firstAgreement.ts";

/**
 * What starting would do about one link, from what both sides said when they were last read: the very plan that would be
 * carried out, without carrying it out. Pure.
 * Source: docs/SPEC.md T8.
 */
export interface LinkPreview {
  /** Every kind that it counts as; the first says most. */
  readonly kinds: readonly PreviewKind[];
  readonly fields: readonly PreviewFieldView[];
}

/** @param mode how the sync would be, or was, started. */
export function previewLink(mapping: Mapping, link: Link, mode: StartMode): LinkPreview {
  if (link.state === "ambiguous") return { kinds: ["ambiguous"], fields: [] };
  if (isOneSided(link)) return previewHalf(mapping, link, mode);
  const { left, right } = link;
  if (left === undefined || right === undefined) return { kinds: [], fields: [] };
  return previewPair(mapping, link, mode, { left: observed(left), right: observed(right) });
}

function previewHalf(mapping: Mapping, link: Link, mode: StartMode): LinkPreview {
  if (mode === "newOnly" || link.beforeStart === "newOnly" || isKeptAlone(link))
    return { kinds: ["leftAlone"], fields: [] };
  const from = presentSide(link);
  const to = otherSide(from);
  const state = link[from];
  if (state === undefined) return { kinds: [], fields: [] };
  const both: Both = { left: blank(mapping, "left"), right: blank(mapping, "right"), [from]: observed(state) };
  const planned = plan({ mapping, base: {}, ...both });
  const fields = fieldsOf(mapping, planned, both);
  if (Object.keys(planned.changes[to]).length === 0) return { kinds: ["problem"], fields };
  const kind = to === "left" ? "createLeft" : "createRight";
  return { kinds: [kind, ...(planned.findings.length > 0 ? (["problem"] as const) : [])], fields };
}

/** A record that is not there yet: every field is empty. */
function blank(mapping: Mapping, side: Side): Observed {
  return { fields: Object.fromEntries(mapping.fields.map(({ keys }) => [keys[side], EMPTY])) };
}

function previewPair(mapping: Mapping, link: Link, mode: StartMode, both: Both): LinkPreview {
  const started = mode === "full" ? link : { base: {}, beforeStart: mode };
  const base = baseOf(mapping, started, both);
  const planned = plan({ mapping, base, ...both });
  const apart = started.beforeStart === undefined ? [] : keptApart(mapping, base, both);
  const kinds: PreviewKind[] = [
    ...(planned.conflicts.length > 0 ? (["conflict"] as const) : []),
    ...(SIDES.some((side) => Object.keys(planned.changes[side]).length > 0) ? (["update"] as const) : []),
    ...(planned.findings.length > 0 ? (["problem"] as const) : []),
    ...(apart.length > 0 ? (["apart"] as const) : []),
  ];
  return {
    kinds: kinds.length === 0 ? ["same"] : kinds,
    fields: [...fieldsOf(mapping, planned, both), ...apart.map((field) => apartView(field, both))],
  };
}

/** The fields that the plan writes, asks about or can not carry. */
function fieldsOf(mapping: Mapping, planned: Plan, both: Both): PreviewFieldView[] {
  return mapping.fields.flatMap((field) => [
    ...SIDES.flatMap((side) => writeView(field, planned, both, side)),
    ...problemView(field, planned, both),
    ...planned.conflicts.filter(({ field: id }) => id === field.id).map(() => valuesOf(field, both, "conflict")),
  ]);
}

function writeView(field: MappedField, planned: Plan, both: Both, side: Side): PreviewFieldView[] {
  const key = field.keys[side];
  const change = planned.changes[side][key];
  if (change === undefined) return [];
  const from = otherSide(side);
  const value = applyChanges(both[side].fields, { [key]: change })[key] ?? EMPTY;
  const isFolded = both[from].folded?.includes(field.keys[from]) === true;
  return [
    {
      ...valuesOf(field, both, "write"),
      side,
      value: plain(value),
      ...(isFolded
        ? { note: "The list shows it in lower case; it is read as it is written before it is carried over." }
        : {}),
    },
  ];
}

function problemView(field: MappedField, planned: Plan, both: Both): PreviewFieldView[] {
  const finding = planned.findings.find((candidate) => candidate.field === field.id);
  return finding === undefined
    ? []
    : [{ ...valuesOf(field, both, "problem"), side: finding.side, note: finding.message }];
}

function apartView(field: MappedField, both: Both): PreviewFieldView {
  return valuesOf(field, both, "apart");
}

function valuesOf(field: MappedField, both: Both, kind: PreviewFieldView["kind"]): PreviewFieldView {
  const left = both.left.fields[field.keys.left];
  const right = both.right.fields[field.keys.right];
  return {
    field: field.id,
    label: field.label,
    kind,
    ...(left === undefined || isEmpty(left) ? {} : { left: plain(left) }),
    ...(right === undefined || isEmpty(right) ? {} : { right: plain(right) }),
  };
}

function plain(value: Value): string | number | boolean | string[] {
  return typeof value === "object" ? [...value] : value;
}
