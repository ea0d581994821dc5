import { requiredText } from "./check.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, type Row, succeeded } from "./rows.ts";
import type { Tag } from "./tags.ts";

const TAGS = "/locations/:locationId/tags";

/** The location's tags of section 2.3 of the contract sheet. */
export const TAG_OPERATIONS: readonly Row[] = [
  ["GET", TAGS, "locations/tags.readonly", listTags],
  ["POST", TAGS, "locations/tags.write", createTag],
  ["GET", `${TAGS}/:tagId`, "locations/tags.readonly", readTag],
  ["PUT", `${TAGS}/:tagId`, "locations/tags.write", renameTag],
  ["DELETE", `${TAGS}/:tagId`, "locations/tags.write", deleteTag],
];

function listTags(_visit: Visit, place: Place): Answer {
  return { body: { tags: place.tags.all().map((tag) => shown(tag, place)) } };
}

function createTag(visit: Visit, place: Place): Answer {
  return { status: 201, body: { tag: shown(place.tags.add(nameFrom(visit, place)), place) } };
}

function readTag(visit: Visit, place: Place): Answer {
  return { body: { tag: shown(demand(visit, place), place) } };
}

function renameTag(visit: Visit, place: Place): Answer {
  const tag = demand(visit, place);
  return { body: { tag: shown(place.tags.rename(tag, nameFrom(visit, place), visit.origin), place) } };
}

function deleteTag(visit: Visit, place: Place): Answer {
  place.tags.remove(demand(visit, place), visit.origin);
  return { body: succeeded(visit) };
}

/** Tags are lower-cased everywhere; each name exists once. */
function nameFrom(visit: Visit, place: Place): string {
  const { name } = bodyOf(visit, place, { name: requiredText }, ["name"]);
  const wanted = String(name).trim().toLowerCase();
  const known = place.tags.find(wanted);
  if (known !== undefined && known.id !== visit.params.tagId) {
    throw place.refusals.bad("The tag name already exists.", { meta: { tagId: known.id, tagName: known.name } });
  }
  return wanted;
}

function demand({ params: { tagId = "" } }: Visit, place: Place): Tag {
  const tag = place.tags.get(tagId);
  if (tag === undefined) throw missing(place, "Tag", tagId);
  return tag;
}

function shown(tag: Tag, { location }: Place) {
  return { ...tag, locationId: location.id };
}
