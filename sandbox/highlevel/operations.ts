import { APPOINTMENT_NOTE_OPERATIONS } from "./appointmentNoteRoutes.ts";
import { appointmentRoutes } from "./appointmentRoutes.ts";
import { BULK_OPERATIONS } from "./bulkRoutes.ts";
import { BUSINESS_OPERATIONS } from "./businessRoutes.ts";
import { CALENDAR_OPERATIONS } from "./calendarRoutes.ts";
import { childRoutes } from "./childRoutes.ts";
import { contactRoutes } from "./contactRoutes.ts";
import { CONVERSATION_OPERATIONS } from "./conversationRoutes.ts";
import { ENROLMENT_OPERATIONS } from "./enrolmentRoutes.ts";
import { FOLLOWER_OPERATIONS } from "./followerRoutes.ts";
import type { Ground } from "./ground.ts";
import { GROUP_OPERATIONS } from "./groupRoutes.ts";
import { locationRoutes } from "./locationRoutes.ts";
import { MESSAGE_OPERATIONS } from "./messageRoutes.ts";
import { OPPORTUNITY_OPERATIONS } from "./opportunityRoutes.ts";
import type { Place } from "./place.ts";
import type { Records } from "./records.ts";
import { createOperations, type Operations } from "./routing.ts";
import { addRows, type Row } from "./rows.ts";
import { SLOT_OPERATIONS } from "./slotRoutes.ts";
import { USER_OPERATIONS } from "./userRoutes.ts";

/** All operations that the product has, as far as they are emulated, on the records of one location. */
export function operationsOf(ground: Ground, { book, writer, tags, children }: Records, place: Place): Operations {
  const { workings, refusals, fields, location } = ground;
  const { random } = workings.surroundings;
  const quirks = ground.quirks.get;
  const operations = createOperations();
  const { route } = operations;
  const showing = () => ({ quirks: quirks(), locationId: location.id, timeZone: location.timezone });
  contactRoutes(route, { book, writer, fields, quirks, refusals, random, country: location.country });
  childRoutes(route, { children, showing, refusals });
  appointmentRoutes(route, { children, showing, refusals, calendars: ground.calendars });
  locationRoutes(route, { location, fields, tags, quirks, refusals });
  for (const subject of SUBJECTS) addRows(route, subject, place);
  return operations;
}

/** The tables of operations, subject by subject. */
const SUBJECTS: readonly (readonly Row[])[] = [
  FOLLOWER_OPERATIONS,
  ENROLMENT_OPERATIONS,
  BULK_OPERATIONS,
  USER_OPERATIONS,
  BUSINESS_OPERATIONS,
  CALENDAR_OPERATIONS,
  GROUP_OPERATIONS,
  SLOT_OPERATIONS,
  APPOINTMENT_NOTE_OPERATIONS,
  OPPORTUNITY_OPERATIONS,
  CONVERSATION_OPERATIONS,
  MESSAGE_OPERATIONS,
];
