import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, Flag, id, optional, required, Succeeded, Text } from "./shapes.ts";

const calendarAction = actionsOf({
  subject: "Calendars",
  module: "calendars",
  scopes: { reads: "calendars.readonly", writes: "calendars.write" },
});
const groupAction = actionsOf({
  subject: "Calendar groups",
  module: "calendars",
  scopes: { reads: "calendars/groups.readonly", writes: "calendars/groups.write" },
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
const Hours = z.strictObject({ openHour: z.int(), openMinute: z.int(), closeHour: z.int(), closeMinute: z.int() });
const ONE = { calendarId: id("Id of the calendar.") };
const MORE = {
  description: optional("What it is for."),
  groupId: id("Id of the group it belongs to.").optional(),
  slug: optional("Its part of the booking address."),
  eventTitle: optional("Title of its appointments."),
  eventColor: optional("Colour of its appointments."),
  slotDuration: z.int().min(1).optional().describe("Length of an appointment, minutes."),
  slotInterval: z.int().min(1).optional().describe("How far apart appointments may begin, minutes."),
  openHours: z
    .array(z.strictObject({ daysOfTheWeek: z.array(z.int().min(0).max(6)), hours: z.array(Hours) }))
    .optional()
    .describe("When it is open, by days of the week (0 is Sunday)."),
  autoConfirm: z.boolean().optional().describe("Whether appointments are confirmed at once."),
  allowReschedule: z.boolean().optional().describe("Whether people may move their appointment."),
  allowCancellation: z.boolean().optional().describe("Whether people may cancel their appointment."),
  isActive: z.boolean().optional().describe("Whether it can be booked."),
};
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
    id: "calendar.create",
    title: "Create a calendar",
    description: "Makes a new calendar.",
    effect: "creates",
    method: "POST",
    path: "/calendars/",
    input: { name: required("Name of the calendar."), ...MORE },
    fill: { locationId: "body" },
    output: { calendar: Calendar },
    example: { input: { name: "Check-up", slotDuration: 30 }, output: { calendar: EXAMPLE } },
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
  calendarAction({
    id: "calendar.update",
    title: "Change a calendar",
    description: "Changes what is given of one calendar.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/{calendarId}",
    input: { ...ONE, name: optional("Name of the calendar."), ...MORE },
    output: { calendar: Calendar },
    example: { input: { ...ONE_EXAMPLE, name: "Visit" }, output: { calendar: { ...EXAMPLE, name: "Visit" } } },
  }),
  calendarAction({
    id: "calendar.delete",
    title: "Delete a calendar",
    description: "Deletes one calendar.",
    effect: "deletes",
    method: "DELETE",
    path: "/calendars/{calendarId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];

const Group = z.object({
  id: z.string(),
  name: Text,
  description: Text,
  slug: Text,
  isActive: Flag,
  locationId: Text,
});
const ONE_GROUP = { groupId: id("Id of the group.") };
const GROUP_INPUT = {
  name: required("Name of the group."),
  description: z.string().describe("What it is for."),
  slug: required("Its part of the booking address."),
};
const GROUP = {
  id: "ocQHyuzHvysMo5N5VsXe",
  name: "Dentists",
  description: "All dentists.",
  slug: "dentists",
  isActive: true,
};
const GROUP_EXAMPLE = { name: GROUP.name, description: GROUP.description, slug: GROUP.slug };
const ONE_GROUP_EXAMPLE = { groupId: GROUP.id };

/** Groups of calendars. */
export const calendarGroups = [
  groupAction({
    id: "calendarGroup.list",
    title: "List calendar groups",
    description: "Lists the groups that calendars stand in.",
    effect: "reads",
    method: "GET",
    path: "/calendars/groups",
    input: {},
    fill: { locationId: "query" },
    output: { groups: z.array(Group) },
    example: { input: {}, output: { groups: [GROUP] } },
  }),
  groupAction({
    id: "calendarGroup.create",
    title: "Create a calendar group",
    description: "Makes a new group of calendars.",
    effect: "creates",
    method: "POST",
    path: "/calendars/groups",
    input: { ...GROUP_INPUT, isActive: z.boolean().optional().describe("Whether it can be booked.") },
    fill: { locationId: "body" },
    output: { group: Group },
    example: { input: GROUP_EXAMPLE, output: { group: GROUP } },
  }),
  groupAction({
    id: "calendarGroup.update",
    title: "Change a calendar group",
    description: "Changes name, description and address of one group.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/groups/{groupId}",
    input: { ...ONE_GROUP, ...GROUP_INPUT },
    output: { group: Group },
    example: {
      input: { ...ONE_GROUP_EXAMPLE, ...GROUP_EXAMPLE, name: "Doctors" },
      output: { group: { ...GROUP, name: "Doctors" } },
    },
  }),
  groupAction({
    id: "calendarGroup.delete",
    title: "Delete a calendar group",
    description: "Deletes one group; its calendars stay.",
    effect: "deletes",
    method: "DELETE",
    path: "/calendars/groups/{groupId}",
    input: ONE_GROUP,
    output: Succeeded,
    example: { input: ONE_GROUP_EXAMPLE, output: { succeeded: true } },
  }),
  groupAction({
    id: "calendarGroup.setActive",
    title: "Open or close a calendar group",
    description: "Sets whether one group can be booked.",
    effect: "changes",
    method: "PUT",
    path: "/calendars/groups/{groupId}/status",
    input: { ...ONE_GROUP, isActive: z.boolean().describe("Whether it can be booked.") },
    output: Succeeded,
    example: { input: { ...ONE_GROUP_EXAMPLE, isActive: false }, output: { succeeded: true } },
  }),
  groupAction({
    id: "calendarGroup.checkSlug",
    title: "Check whether a group's address is free",
    description: "Tells whether no group has this booking address yet.",
    effect: "reads",
    scopes: ["calendars/groups.write"],
    method: "POST",
    path: "/calendars/groups/validate-slug",
    input: { slug: required("The address wanted.") },
    fill: { locationId: "body" },
    output: { available: z.boolean() },
    example: { input: { slug: "dentists" }, output: { available: false } },
  }),
];
