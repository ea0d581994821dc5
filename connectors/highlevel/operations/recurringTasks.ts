import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, ContactId, Count, Flag, id, optional, required, Succeeded, Text, Time } from "./shapes.ts";

const action = actionsOf({
  subject: "Recurring tasks",
  module: "locations",
  scopes: { reads: "recurring-tasks.readonly", writes: "recurring-tasks.write" },
});

const RecurringTask = z.object({
  id: z.string(),
  title: Text,
  description: Text,
  rruleOptions: Anything,
  totalOccurrence: Count,
  assignedTo: Text,
  contactId: Text,
  deleted: Flag,
  createdAt: Time,
  updatedAt: Time,
  locationId: Text,
});
const ONE = { recurringTaskId: id("Id of the recurring task.") };
/** Source: the published API description (locations, recurring tasks). */
const Rhythm = z
  .strictObject({
    intervalType: z.enum(["yearly", "monthly", "weekly", "daily", "hourly", "minutely", "secondly"]),
    interval: z.int().min(1),
    startDate: z.string(),
    endDate: z.string().optional(),
    dayOfMonth: z.int().optional(),
    dayOfWeek: z.enum(["mo", "tu", "we", "th", "fr", "sa", "su"]).optional(),
    monthOfYear: z.int().optional(),
    count: z.int().optional(),
    createTaskIfOverDue: z.boolean().optional(),
    dueAfterSeconds: z.int(),
  })
  .describe("When it comes again: interval, its kind, the first day, and after how many seconds each is due.");
const MORE = {
  description: optional("More about it."),
  contactIds: z.array(ContactId).optional().describe("For which contacts."),
  owners: z.array(z.string()).optional().describe("Ids of the users who are to do it."),
  ignoreTaskCreation: z.boolean().optional().describe("Whether to make no task at once."),
};
const RHYTHM = {
  intervalType: "weekly",
  interval: 1,
  startDate: "2026-03-09T10:00:00.000Z",
  dueAfterSeconds: 3_600,
} as const;
const EXAMPLE = { id: "67f4c1a2b3d4e5f601234567", title: "Water the plants", rruleOptions: RHYTHM, deleted: false };
const ONE_EXAMPLE = { recurringTaskId: EXAMPLE.id };

/** Tasks that come again. */
export const recurringTasks = [
  action({
    id: "recurringTask.create",
    title: "Create a recurring task",
    description: "Makes a task that comes again by itself.",
    effect: "creates",
    method: "POST",
    path: "/locations/{locationId}/recurring-tasks",
    input: { title: required("What is to be done."), rruleOptions: Rhythm, ...MORE },
    output: { recurringTask: RecurringTask },
    example: { input: { title: EXAMPLE.title, rruleOptions: RHYTHM }, output: { recurringTask: EXAMPLE } },
  }),
  action({
    id: "recurringTask.read",
    title: "Read a recurring task",
    description: "Shows one task that comes again.",
    effect: "reads",
    method: "GET",
    path: "/locations/{locationId}/recurring-tasks/{recurringTaskId}",
    input: ONE,
    output: { recurringTask: RecurringTask },
    example: { input: ONE_EXAMPLE, output: { recurringTask: EXAMPLE } },
  }),
  action({
    id: "recurringTask.update",
    title: "Change a recurring task",
    description: "Changes what is given of one task that comes again.",
    effect: "changes",
    method: "PUT",
    path: "/locations/{locationId}/recurring-tasks/{recurringTaskId}",
    input: { ...ONE, title: optional("What is to be done."), rruleOptions: Rhythm.optional(), ...MORE },
    output: { recurringTask: RecurringTask },
    example: {
      input: { ...ONE_EXAMPLE, title: "Feed the fish" },
      output: { recurringTask: { ...EXAMPLE, title: "Feed the fish" } },
    },
  }),
  action({
    id: "recurringTask.delete",
    title: "Delete a recurring task",
    description: "Ends one task that comes again; tasks that it made stay.",
    effect: "deletes",
    method: "DELETE",
    path: "/locations/{locationId}/recurring-tasks/{recurringTaskId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
