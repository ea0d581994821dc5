import { shownNote, shownTask } from "./childPresent.ts";
import { fullNameOf } from "./contact.ts";
import type { StoredOpportunity } from "./opportunities.ts";
import type { Place } from "./place.ts";
import type { Visit } from "./routing.ts";

/** What a row of a search shows besides the opportunity itself. */
export type Extras = { readonly notes: boolean; readonly tasks: boolean; readonly calendarEvents: boolean };

/** An opportunity as every answer shows it; the forecast only under v3. */
export function shownOpportunity(opportunity: StoredOpportunity, visit: Visit, place: Place) {
  const { createdAt, updatedAt, statusChangedAt, stageChangedAt, customFields, ...rest } = seenBy(
    opportunity,
    visit,
    place,
  );
  const { forecastExpectedCloseDate, forecastProbability, ...dated } = rest;
  return {
    ...dated,
    ...(visit.isV3 && { forecastExpectedCloseDate, forecastProbability }),
    lastStatusChangeAt: iso(statusChangedAt),
    lastStageChangeAt: iso(stageChangedAt),
    lastActionDate: iso(updatedAt),
    createdAt: iso(createdAt),
    updatedAt: iso(updatedAt),
    locationId: place.location.id,
    contact: contactOf(rest.contactId, place),
    customFields: customFields.map(({ id, value }) => ({ id, fieldValue: value })),
    externalObjectId: null,
  };
}

/** A row of a search, with what belongs to its contact where that was asked for. */
export function opportunityRow(opportunity: StoredOpportunity, extras: Extras, visit: Visit, place: Place) {
  const { children, location, quirks } = place;
  const showing = { quirks: quirks(), locationId: location.id, timeZone: location.timezone };
  const { contactId } = opportunity;
  return {
    ...shownOpportunity(opportunity, visit, place),
    notes: extras.notes ? children.notes.shelf.ofContact(contactId).map((note) => shownNote(note, showing)) : [],
    tasks: extras.tasks ? children.tasks.shelf.ofContact(contactId).map((task) => shownTask(task, showing)) : [],
    calendarEvents: extras.calendarEvents ? children.appointments.shelf.ofContact(contactId).map(({ id }) => id) : [],
  };
}

function seenBy(opportunity: StoredOpportunity, { isStale }: Visit, { opportunities }: Place): StoredOpportunity {
  return isStale ? (opportunities.earlier(opportunity.id) ?? opportunity) : opportunity;
}

/** What an answer tells of the contact; nothing when it is gone. */
function contactOf(id: string, { book }: Place) {
  const contact = book.contacts.get(id);
  if (contact === undefined) return undefined;
  const { companyName, email, phone, tags } = contact;
  return { id, name: fullNameOf(contact), companyName, email, phone, tags };
}

function iso(at: number): string {
  return new Date(at).toISOString();
}
