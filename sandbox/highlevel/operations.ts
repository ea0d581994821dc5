import { APPOINTMENT_NOTE_OPERATIONS } from "./appointmentNoteRoutes.ts";
import { appointmentRoutes } from "./appointmentRoutes.ts";
import { BULK_OPERATIONS } from "./bulkRoutes.ts";
import { BUSINESS_OPERATIONS } from "./businessRoutes.ts";
import { CALENDAR_OPERATIONS } from "./calendarRoutes.ts";
import { childRoutes } from "./childRoutes.ts";
import { contactRoutes } from "./contactRoutes.ts";
import { CONVERSATION_OPERATIONS } from "./conversationRoutes.ts";
import { CUSTOM_FIELD_OPERATIONS } from "./customFieldRoutes.ts";
import { CUSTOM_VALUE_OPERATIONS } from "./customValueRoutes.ts";
import { ENROLMENT_OPERATIONS } from "./enrolmentRoutes.ts";
import { FOLLOWER_OPERATIONS } from "./followerRoutes.ts";
import type { Ground } from "./ground.ts";
import { GROUP_OPERATIONS } from "./groupRoutes.ts";
import { LOCATION_OPERATIONS } from "./locationRoutes.ts";
import { MESSAGE_OPERATIONS } from "./messageRoutes.ts";
import { OBJECT_OPERATIONS } from "./objectRoutes.ts";
import { OPPORTUNITY_OPERATIONS } from "./opportunityRoutes.ts";
import type { Place } from "./place.ts";
import type { Records } from "./records.ts";
import { RECURRING_TASK_OPERATIONS } from "./recurringTaskRoutes.ts";
import { createOperations, type Operations } from "./routing.ts";
import { addRows, type Row } from "./rows.ts";
import { SLOT_OPERATIONS } from "./slotRoutes.ts";
import { SUBMISSION_OPERATIONS } from "./submissionRoutes.ts";
import { TAG_OPERATIONS } from "./tagRoutes.ts";
import { TEMPLATE_OPERATIONS } from "./templateRoutes.ts";
import { USER_OPERATIONS } from "./userRoutes.ts";

/** All operations that the product has, as far as they are emulated, on the records of one location. */
export function operationsOf(ground: Ground, { book, writer, children }: Records, place: Place): Operations {
  const { workings, refusals, fields, location } = ground;
  const { random } = workings.surroundings;
  const quirks = ground.quirks.get;
  const operations = createOperations();
  const { route } = operations;
  const showing = () => ({ quirks: quirks(), locationId: location.id, timeZone: location.timezone });
  contactRoutes(route, { book, writer, fields, quirks, refusals, random, country: location.country });
  childRoutes(route, { children, showing, refusals, businessOf: (id) => book.contacts.get(id)?.businessId ?? null });
  appointmentRoutes(route, { children, showing, refusals, calendars: ground.calendars });
  for (const subject of SUBJECTS) addRows(route, subject, place);
  return operations;
}

/** The tables of operations, subject by subject. */
const SUBJECTS: readonly (readonly Row[])[] = [
  LOCATION_OPERATIONS,
  TAG_OPERATIONS,
  CUSTOM_FIELD_OPERATIONS,
  CUSTOM_VALUE_OPERATIONS,
  TEMPLATE_OPERATIONS,
  RECURRING_TASK_OPERATIONS,
  FOLLOWER_OPERATIONS,
  ENROLMENT_OPERATIONS,
  BULK_OPERATIONS,
  USER_OPERATIONS,
  BUSINESS_OPERATIONS,
  OBJECT_OPERATIONS,
  CALENDAR_OPERATIONS,
  GROUP_OPERATIONS,
  SLOT_OPERATIONS,
  APPOINTMENT_NOTE_OPERATIONS,
  OPPORTUNITY_OPERATIONS,
  CONVERSATION_OPERATIONS,
  MESSAGE_OPERATIONS,
  SUBMISSION_OPERATIONS,
];
