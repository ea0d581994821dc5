import type { LinkFieldView } from "../model/api/views.ts";
import { isSameValue, type Value } from "../model/value.ts";
import type { MappedField, Mapping } from "./mapping/compile.ts";
import type { Link } from "./ports.ts";

/** The mapped fields of a link, both sides beside each other, with what is known of each. Empty pairs are left out. */
export function describeLink(mapping: Mapping, link: Link): LinkFieldView[] {
  return mapping.fields.map((field) => describeField(field, link)).filter((view) => view !== undefined);
}

function describeField(field: MappedField, link: Link): LinkFieldView | undefined {
  const left = link.left?.fields[field.keys.left];
  const right = link.right?.fields[field.keys.right];
  if (isBlank(left) && isBlank(right)) return undefined;
  const base = link.base[field.agreement];
  const { state, note } = stateOf(field, link, left, right);
  return {
    field: field.id,
    label: field.label,
    ...(left === undefined ? {} : { left: plain(left) }),
    ...(right === undefined ? {} : { right: plain(right) }),
    ...(base === undefined ? {} : { base: [plain(base[0]), plain(base[1])] }),
    state,
    ...(note === undefined ? {} : { note }),
  };
}

function stateOf(
  field: MappedField,
  link: Link,
  left: Value | undefined,
  right: Value | undefined,
): { state: LinkFieldView["state"]; note?: string } {
  if (link.conflicts.some((conflict) => conflict.field === field.id)) {
    return { state: "conflict", note: "Both sides changed this; choose which to keep." };
  }
  const finding = link.findings.find((candidate) => candidate.field === field.id);
  if (finding !== undefined) return { state: "finding", note: finding.message };
  if (left === undefined || right === undefined) return { state: "unknown" };
  const forms = [field.normal("left", left), field.normal("right", right)] as const;
  const base = link.base[field.agreement];
  const isAgreed = base !== undefined && isSameValue(base[0], forms[0]) && isSameValue(base[1], forms[1]);
  return { state: isSameValue(...forms) || isAgreed ? "same" : "differs" };
}

function isBlank(value: Value | undefined): boolean {
  return value === undefined || value === "" || (typeof value === "object" && value.length === 0);
}

function plain(value: Value): string | number | boolean | string[] {
  return typeof value === "object" ? [...value] : value;
}
