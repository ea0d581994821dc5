import type { LinkFieldView } from "../model/api/views.ts";
import { asFailure } from "../model/errors.ts";
import type { Side } from "../model/record.ts";
import { isSameValue, type Value } from "../model/value.ts";
import type { OpenSync } from "./context.ts";
import type { MappedField, Mapping } from "./mapping/compile.ts";
import type { CallContext, Link } from "./ports.ts";

/** What values of some fields are called, by side and the side's own field key; see `Partner.named`. */
export type ValueNames = Readonly<Record<Side, Readonly<Record<string, Readonly<Record<string, string>>>>>>;

const NO_NAMES: ValueNames = { left: {}, right: {} };

/**
 * The mapped fields of a link, both sides beside each other, with what is known of each. Empty pairs are left out. Values
 * that have a name are shown by it.
 */
export function describeLink(mapping: Mapping, link: Link, names: ValueNames = NO_NAMES): LinkFieldView[] {
  return mapping.fields.map((field) => describeField(field, link, names)).filter((view) => view !== undefined);
}

/** What values of the mapped fields are called; a side is asked only where a field of it has names. */
export async function namesFor(mapping: Mapping, { partners }: OpenSync, context: CallContext): Promise<ValueNames> {
  const of = async (side: Side): Promise<ValueNames[Side]> => {
    const { named } = partners[side];
    const keys = (named?.keys ?? []).filter((key) => mapping.fields.some((field) => field.keys[side] === key));
    if (named === undefined || keys.length === 0) return {};
    try {
      const names = await named.read(context);
      return Object.fromEntries(keys.map((key) => [key, names]));
    } catch (thrown) {
      // Without names the values themselves are shown; that a partner can not be asked shows on its connection.
      if (asFailure(thrown).kind === "bug") throw thrown;
      return {};
    }
  };
  const [left, right] = await Promise.all([of("left"), of("right")]);
  return { left, right };
}

function describeField(field: MappedField, link: Link, names: ValueNames): LinkFieldView | undefined {
  const shown = (side: Side, value: Value) => {
    const own = plain(value);
    return (typeof own === "string" ? names[side][field.keys[side]]?.[own] : undefined) ?? own;
  };
  const left = link.left?.fields[field.keys.left];
  const right = link.right?.fields[field.keys.right];
  if (isBlank(left) && isBlank(right)) return undefined;
  const base = link.base[field.agreement];
  const { state, note } = stateOf(field, link, left, right);
  return {
    field: field.id,
    label: field.label,
    ...(left === undefined ? {} : { left: shown("left", left) }),
    ...(right === undefined ? {} : { right: shown("right", right) }),
    ...(base === undefined ? {} : { base: [shown("left", base[0]), shown("right", base[1])] }),
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
