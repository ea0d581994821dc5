import type { Link } from "../../../engine/ports.ts";
import type { LinkFieldView } from "../../../model/api/views.ts";
import { isSameValue, type Value } from "../../../model/value.ts";
import { presentValue } from "./value.ts";

/**
 * The fields of a link by equal key on both sides, without the mapping: for links whose sync is not there any more, and
 * while a partner cannot be asked for its fields.
 */
export function fieldsByKey(link: Link): readonly LinkFieldView[] {
  const keys = new Set([...Object.keys(link.left?.fields ?? {}), ...Object.keys(link.right?.fields ?? {})]);
  return [...keys].map((key) => fieldOf(link, key));
}

function fieldOf(link: Link, field: string): LinkFieldView {
  const left = link.left?.fields[field];
  const right = link.right?.fields[field];
  const base = agreedUnder(link, field);
  return {
    field,
    label: field,
    ...(left === undefined ? {} : { left: presentValue(left) }),
    ...(right === undefined ? {} : { right: presentValue(right) }),
    ...(base === undefined ? {} : { base: [presentValue(base[0]), presentValue(base[1])] }),
    ...standing(link, field, left, right),
  };
}

/** What was agreed on for the field of this key on both sides, whatever its type. */
function agreedUnder(link: Link, field: string): readonly [Value, Value] | undefined {
  const name = Object.keys(link.base).find((agreement) => agreement.startsWith(`${field}>${field}:`));
  return name === undefined ? undefined : link.base[name];
}

function standing(
  link: Link,
  field: string,
  left: Value | undefined,
  right: Value | undefined,
): Pick<LinkFieldView, "state" | "note"> {
  const finding = link.findings.find((one) => one.field === field);
  if (link.conflicts.some((one) => one.field === field)) return { state: "conflict" };
  if (finding !== undefined) return { state: "finding", note: finding.message };
  if (left === undefined || right === undefined) return { state: "unknown" };
  return { state: isSameValue(left, right) ? "same" : "differs" };
}
