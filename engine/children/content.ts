import { MATCHED_BY } from "../../model/children.ts";
import { isStandalone, type Resource, type Side } from "../../model/record.ts";
import { EMPTY, type Fields, isEmpty, isSameValue, type Value } from "../../model/value.ts";
import type { MappedField, Mapping } from "../mapping/compile.ts";

/**
 * What a child says of itself, by the fields of `MATCHED_BY` in normal form: equal texts are equal children. Where the
 * mapping carries none of these fields, all that it carries counts. Pure.
 */
export function contentForm(mapping: Mapping, resource: Resource, side: Side, fields: Fields): string {
  return JSON.stringify(tellingFields(mapping, resource).map((field) => formOf(field, side, fields)));
}

/** Whether two children of one side share what one of these fields says; fields that are empty say nothing. Pure. */
export function sharesContent(mapping: Mapping, resource: Resource, side: Side, one: Fields, other: Fields): boolean {
  return tellingFields(mapping, resource).some((field) => {
    const form = formOf(field, side, one);
    return !isEmpty(form) && isSameValue(form, formOf(field, side, other));
  });
}

function tellingFields(mapping: Mapping, resource: Resource): readonly MappedField[] {
  const wanted = isStandalone(resource) ? [] : MATCHED_BY[resource];
  const telling = mapping.fields.filter(({ keys }) =>
    wanted.some((key) => mapping.standard.left[key] === keys.left && mapping.standard.right[key] === keys.right),
  );
  return telling.length > 0 ? telling : mapping.fields;
}

function formOf(field: MappedField, side: Side, fields: Fields): Value {
  const form = field.normal(side, fields[field.keys[side]] ?? EMPTY);
  return isEmpty(form) ? EMPTY : form;
}
