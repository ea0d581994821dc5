import type { Action, Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { appointments } from "./appointments.ts";
import { belongings } from "./belongings.ts";
import { appointmentNotes, blockedTimes, slots } from "./bookable.ts";
import { businesses } from "./businesses.ts";
import { calendarGroups, calendars } from "./calendars.ts";
import { contactList } from "./contactList.ts";
import { contacts } from "./contacts.ts";
import { conversations } from "./conversations.ts";
import { customFields, customValues } from "./customFields.ts";
import { forms, workflows } from "./lists.ts";
import { locations } from "./locations.ts";
import { messages, sending } from "./messages.ts";
import { notes } from "./notes.ts";
import { opportunities, pipelines } from "./opportunities.ts";
import { recurringTasks } from "./recurringTasks.ts";
import { tags } from "./tags.ts";
import { tasks } from "./tasks.ts";
import { triggersOf } from "./triggers.ts";
import { users } from "./users.ts";

const actions: readonly Action<Settings>[] = [
  contactList,
  ...contacts,
  ...belongings,
  ...tasks,
  ...notes,
  ...appointments,
  ...slots,
  ...blockedTimes,
  ...appointmentNotes,
  ...calendars,
  ...calendarGroups,
  ...opportunities,
  ...pipelines,
  ...conversations,
  ...messages,
  ...sending,
  ...businesses,
  ...users,
  ...locations,
  ...tags,
  ...customFields,
  ...customValues,
  ...recurringTasks,
  ...workflows,
  ...forms,
];

/** Everything that can be asked of HighLevel and that it tells of, in the order it is numbered and shown. */
export const operations: readonly Operation<Settings>[] = [...actions, ...triggersOf(actions)];
