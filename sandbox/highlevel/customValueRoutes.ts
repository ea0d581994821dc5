import { requiredText, text } from "./check.ts";
import type { CustomText } from "./customValues.ts";
import { seenIn } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, type Row, succeeded } from "./rows.ts";

const VALUES = "/locations/:locationId/customValues";

/** The location's custom values of section 2.3 of the contract sheet. */
export const CUSTOM_VALUE_OPERATIONS: readonly Row[] = [
  ["GET", VALUES, "locations/customValues.readonly", listValues],
  ["POST", VALUES, "locations/customValues.write", createValue],
  ["GET", `${VALUES}/:valueId`, "locations/customValues.readonly", readValue],
  ["PUT", `${VALUES}/:valueId`, "locations/customValues.write", updateValue],
  ["DELETE", `${VALUES}/:valueId`, "locations/customValues.write", deleteValue],
];

function listValues(_visit: Visit, place: Place): Answer {
  return { body: { customValues: place.customValues.all().map((value) => shown(value, place)) } };
}

const BODY = { name: requiredText, value: text };

function createValue(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, BODY, ["name", "value"]);
  const created = place.customValues.create(String(given.name), String(given.value ?? ""));
  return { status: 201, body: { customValue: shown(created, place) } };
}

function readValue(visit: Visit, place: Place): Answer {
  return { body: { customValue: shown(seenIn(place.customValues, demand(visit, place), visit), place) } };
}

/** The key stays when the name changes, so that templates go on working. */
function updateValue(visit: Visit, place: Place): Answer {
  const known = demand(visit, place);
  const given = bodyOf(visit, place, BODY, ["name", "value"]);
  const changed = place.customValues.put({ ...known, name: String(given.name), value: String(given.value ?? "") });
  return { body: { customValue: shown(changed, place) } };
}

function deleteValue(visit: Visit, place: Place): Answer {
  place.customValues.remove(demand(visit, place).id);
  return { body: succeeded(visit) };
}

function demand({ params: { valueId = "" } }: Visit, place: Place): CustomText {
  const value = place.customValues.get(valueId);
  if (value === undefined) throw missing(place, "Custom value", valueId);
  return value;
}

function shown(value: CustomText, { location }: Place) {
  return { ...value, locationId: location.id };
}
