import type { ValueView } from "../../../model/api/views.ts";
import type { Value } from "../../../model/value.ts";

/** A value as it leaves the hub: the same, with a set as an array of its own. */
export function presentValue(value: Value): ValueView {
  return typeof value === "object" ? [...value] : value;
}
