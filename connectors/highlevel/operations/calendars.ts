import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, Flag, id, Text } from "./shapes.ts";

const calendarAction = actionsOf({
  subject: "Calendars",
  module: "calendars",
  scopes: { reads: "calendars.readonly", writes: "calendars.write" },
});

const Calendar = z.object({
  id: z.string(),
  name: Text,
  description: Text,
  slug: Text,
  groupId: Text,
  calendarType: Text,
  eventTitle: Text,
  eventColor: Text,
  slotDuration: Count,
  slotDurationUnit: Text,
  slotInterval: Count,
  slotBuffer: Count,
  openHours: Anything,
  teamMembers: Anything,
  isActive: Flag,
  autoConfirm: Flag,
  allowReschedule: Flag,
  allowCancellation: Flag,
  locationId: Text,
});
const ONE = { calendarId: id("Id of the calendar.") };
const EXAMPLE = {
  id: "ocQHyuzHvysMo5N5VsXd",
  name: "Check-up",
  slotDuration: 30,
  slotDurationUnit: "mins",
  isActive: true,
};
const ONE_EXAMPLE = { calendarId: EXAMPLE.id };

/** Calendars. */
export const calendars = [
  calendarAction({
    id: "calendar.list",
    title: "List calendars",
    description: "Lists the calendars of the location.",
    effect: "reads",
    method: "GET",
    path: "/calendars/",
    input: {
      groupId: id("Only those of this group.").optional(),
      showDrafted: z.boolean().optional().describe("Whether to list drafts."),
    },
    fill: { locationId: "query" },
    output: { calendars: z.array(Calendar) },
    example: { input: {}, output: { calendars: [EXAMPLE] } },
  }),
  calendarAction({
    id: "calendar.read",
    title: "Read a calendar",
    description: "Shows one calendar with its opening hours.",
    effect: "reads",
    method: "GET",
    path: "/calendars/{calendarId}",
    input: ONE,
    output: { calendar: Calendar },
    example: { input: ONE_EXAMPLE, output: { calendar: EXAMPLE } },
  }),
];
