import type { ActivityBook } from "./activityBook.ts";
import type { Notes } from "./note.ts";

/** The fields of a contact that tell of its activities and notes. Read only. Source: contract sheet, section 6. */
export const BELONGING_FIELDS = [
  "totalActivities",
  "openActivities",
  "closedActivities",
  "lastNote",
  "lastNoteAddedAt",
  "lastNoteAddedBy",
] as const;

/** What these fields say of one contact. Times are epoch milliseconds. */
export type Belongings = Readonly<Record<(typeof BELONGING_FIELDS)[number], string | number | null>>;

/** Counts a contact's activities and looks up its last note. */
export function belongingsOf(
  contactId: number,
  { activityBook, notes }: { readonly activityBook: ActivityBook; readonly notes: Notes },
): Belongings {
  const activities = activityBook.ofContact(contactId);
  const closed = activities.filter((activity) => activity.isCompleted).length;
  const last = notes.under({ moduleId: 1, objectId: contactId }).at(-1);
  return {
    totalActivities: activities.length,
    openActivities: activities.length - closed,
    closedActivities: closed,
    lastNote: last?.note ?? null,
    lastNoteAddedAt: last?.createdAt ?? null,
    lastNoteAddedBy: last?.createdBy ?? null,
  };
}
