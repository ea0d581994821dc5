import { BY_CUSTOM_KEY, CONTACT_FIELDS } from "../model/contact.ts";
import type { FieldDefinition, FieldType } from "../model/field.ts";
import type { Side } from "../model/record.ts";

/** A custom field that one side could have, so that the stock mapping keeps there what the other side tells. */
export interface WantedField {
  readonly side: Side;
  /** The key that it will have, and the name that leads to this key. */
  readonly key: string;
  readonly name: string;
  readonly type: FieldType;
}

/**
 * The custom fields that a side lacks for what the other side has, of those that have a known place. Pure.
 * @param canMake whether fields can be made on a side
 */
export function wantedFields(
  fields: Readonly<Record<Side, readonly FieldDefinition[]>>,
  canMake: Readonly<Record<Side, boolean>>,
): readonly WantedField[] {
  const standards = {
    left: new Set(fields.left.map(({ standard }) => standard)),
    right: new Set(fields.right.map(({ standard }) => standard)),
  };
  return (["left", "right"] as const).flatMap((side) => {
    const across = standards[side === "left" ? "right" : "left"];
    return Object.entries(BY_CUSTOM_KEY).flatMap(([key, standard]) =>
      canMake[side] && across.has(standard) && !standards[side].has(standard)
        ? [{ side, key, name: nameOf(key), type: CONTACT_FIELDS[standard] }]
        : [],
    );
  });
}

/** `trustpilot_score` is made of "Trustpilot score", as products make keys of names. */
function nameOf(key: string): string {
  const words = key.replaceAll("_", " ");
  return words.slice(0, 1).toUpperCase() + words.slice(1);
}
