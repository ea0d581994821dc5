import type { ActivityBook } from "./activityBook.ts";
import { textOf } from "./contact.ts";
import type { Module } from "./module.ts";
import type { Notes } from "./note.ts";

/** The fields of a contact that tell of its activities, deals and notes. Read only. Source: contract sheet, section 6. */
export const BELONGING_FIELDS = [
  "openDealCount",
  "totalActivities",
  "openActivities",
  "closedActivities",
  "lastNote",
  "lastNoteAddedAt",
  "lastNoteAddedBy",
  "lastCommunicationAt",
  "lastCommunicationBy",
  "lastCommunicationMode",
] as const;

/** Those of them that are times. */
export const BELONGING_TIMES = ["lastNoteAddedAt", "lastCommunicationAt"] as const;

/** What these fields say of one contact. Times are epoch milliseconds. */
export type Belongings = Readonly<Record<(typeof BELONGING_FIELDS)[number], string | number | null>>;

/** The types of activities in which people speak with the contact. That they count as communication is assumed. */
const COMMUNICATION = ["Call", "Email", "Meeting"];

/** Counts a contact's activities and open deals, and looks up its last note and when it was last spoken with. */
export function belongingsOf(
  contactId: number,
  {
    activityBook,
    notes,
    deals,
  }: { readonly activityBook: ActivityBook; readonly notes: Notes; readonly deals: Pick<Module, "book"> },
): Belongings {
  const activities = activityBook.ofContact(contactId);
  const closed = activities.filter((activity) => activity.isCompleted);
  const spoken = closed
    .filter(({ type }) => COMMUNICATION.includes(type))
    .sort((left, right) => (left.completedAt ?? 0) - (right.completedAt ?? 0))
    .at(-1);
  const last = notes.under({ moduleId: 1, objectId: contactId }).at(-1);
  return {
    openDealCount: deals.book.contacts
      .find("primaryContact", String(contactId))
      .filter((deal) => textOf(deal, "status") === "Open").length,
    totalActivities: activities.length,
    openActivities: activities.length - closed.length,
    closedActivities: closed.length,
    lastNote: last?.note ?? null,
    lastNoteAddedAt: last?.createdAt ?? null,
    lastNoteAddedBy: last?.createdBy ?? null,
    lastCommunicationAt: spoken?.completedAt ?? null,
    lastCommunicationBy: spoken?.lastModifiedBy ?? null,
    lastCommunicationMode: spoken?.type ?? null,
  };
}
