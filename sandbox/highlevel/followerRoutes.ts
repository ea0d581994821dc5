import { requiredTexts } from "./check.ts";
import type { StoredContact } from "./contact.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, type Row } from "./rows.ts";

/** Operations 25 and 26 of the contract sheet. */
export const FOLLOWER_OPERATIONS: readonly Row[] = [
  ["POST", "/contacts/:contactId/followers", "contacts.write", addFollowers],
  ["DELETE", "/contacts/:contactId/followers", "contacts.write", removeFollowers],
];

function addFollowers(visit: Visit, place: Place): Answer {
  const contact = contactOf(visit, place);
  const followersAdded = namedIn(visit, place).filter((id) => !contact.followers.includes(id));
  refuseUnknown(followersAdded, place);
  const followers = [...contact.followers, ...followersAdded];
  if (followersAdded.length > 0) place.book.change(contact, { followers }, visit.origin);
  return { status: 201, body: { followers, followersAdded } };
}

function removeFollowers(visit: Visit, place: Place): Answer {
  const contact = contactOf(visit, place);
  const followersRemoved = namedIn(visit, place).filter((id) => contact.followers.includes(id));
  const followers = contact.followers.filter((id) => !followersRemoved.includes(id));
  if (followersRemoved.length > 0) place.book.change(contact, { followers }, visit.origin);
  return { body: { followers, followersRemoved } };
}

function contactOf({ params }: Visit, { writer }: Place): StoredContact {
  return writer.demand(params.contactId ?? "");
}

/** The users that a body names, each once. */
export function namedIn(visit: Visit, place: Place): string[] {
  const { followers } = bodyOf(visit, place, { followers: requiredTexts }, ["followers"]);
  return [...new Set(Array.isArray(followers) ? followers.map(String) : [])];
}

/** @throws Refusal 400 for an id that is no user's, where the quirk says so. */
export function refuseUnknown(ids: readonly string[], { users, quirks, refusals }: Place): void {
  if (quirks().unknownUser === "keep") return;
  const stranger = ids.find((id) => !users.isKnown(id));
  if (stranger !== undefined) throw refusals.bad(`User not found for id: ${stranger}`);
}
