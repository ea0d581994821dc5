import type { Operation } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { appointments } from "./appointments.ts";
import { belongings } from "./belongings.ts";
import { businesses } from "./businesses.ts";
import { calendars } from "./calendars.ts";
import { contactList } from "./contactList.ts";
import { contacts } from "./contacts.ts";
import { customFields } from "./customFields.ts";
import { workflows } from "./lists.ts";
import { locations } from "./locations.ts";
import { notes } from "./notes.ts";
import { opportunities, pipelines } from "./opportunities.ts";
import { tasks } from "./tasks.ts";
import { users } from "./users.ts";

/** Everything that can be asked of HighLevel and that it tells of, in the order it is numbered and shown. */
export const operations: readonly Operation<Settings>[] = [
  contactList,
  ...contacts,
  ...belongings,
  ...tasks,
  ...notes,
  ...appointments,
  ...calendars,
  ...opportunities,
  ...pipelines,
  ...businesses,
  ...users,
  ...locations,
  ...customFields,
  ...workflows,
];
