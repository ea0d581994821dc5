import { z } from "zod";
import { type Action, actionOf } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, composed, DONE, MADE } from "./dialect.ts";
import { ACTIVITY_KIND, datedAs } from "./kinds.ts";
import { EXAMPLE_ID, recordActions } from "./records.ts";
import { Moment, number, Owner } from "./shapes.ts";

const usual = recordActions(ACTIVITY_KIND);
const activityAction = actionsOf(ACTIVITY_KIND.subject);
const taskAction = actionsOf("Tasks and appointments");

const Title = z.string().trim().min(1).max(500);
const Description = z.string().max(2_000).optional();
const contactId = number("Number of the contact that it is about.");

/** What can be asked about activities, and about those of them that are tasks and appointments. */
export const activities: readonly Action<Settings>[] = [
  ...usual.map((action) => (action.id === "activity.delete" ? deletion() : action)),
  taskAction({
    id: "task.create",
    title: "Create a task",
    description: "Makes an activity of the account's type for tasks, about a contact.",
    effect: "creates",
    method: "POST",
    path: "/activity/v4",
    input: { primaryContact: contactId, title: Title, description: Description, dueDate: Moment, owner: Owner },
    fill: { owner: "body" },
    prepare: (input, settings) => ({ ...datedAs(input, settings), type: settings.taskType }),
    gives: MADE,
    example: {
      input: { primaryContact: "1002", title: "Call back", dueDate: "2026-04-01T09:30:00Z" },
      output: { id: EXAMPLE_ID },
    },
  }),
  taskAction({
    id: "appointment.create",
    title: "Create an appointment",
    description: "Makes an activity of the account's type for appointments, about a contact.",
    effect: "creates",
    method: "POST",
    path: "/activity/v4",
    input: {
      ...{ primaryContact: contactId, title: Title, description: Description, owner: Owner },
      dueDate: Moment.describe("When it begins."),
      duration: z.int().min(0).describe("How long it takes, in minutes."),
      location: z.string().max(255).optional(),
    },
    fill: { owner: "body" },
    prepare: (input, settings) => ({ ...datedAs(input, settings), type: settings.appointmentType }),
    gives: MADE,
    example: {
      input: { primaryContact: "1002", title: "Visit", dueDate: "2026-04-01T09:30:00Z", duration: 60 },
      output: { id: EXAMPLE_ID },
    },
  }),
  settingDone("task.complete", "Complete a task", "Marks an activity as done.", true),
  settingDone("task.reopen", "Open a task again", "Marks an activity as not done.", false),
];

/** Deletes so that it can be brought back, unless it is wanted gone. */
function deletion(): Action<Settings> {
  return activityAction({
    ...{ id: "activity.delete", title: "Delete an activity", effect: "deletes", method: "DELETE" },
    description: "Deletes an activity, so that a person can bring it back in Salesmate unless it is deleted for good.",
    path: "/activity/v4/{activityId}",
    input: {
      activityId: number("Number of the activity."),
      hardDelete: z.boolean().optional().describe("Whether for good."),
    },
    inQuery: ["hardDelete"],
    prepare: (input) => ({ hardDelete: false, ...input }),
    gives: DONE,
    example: { input: { activityId: EXAMPLE_ID }, output: { succeeded: true } },
  });
}

function settingDone(id: string, title: string, description: string, isCompleted: boolean): Action<Settings> {
  const whole = actionOf(usual, "activity.update");
  if (whole === undefined) throw new Failure("bug", "The catalogue of Salesmate lacks activity.update.");
  const action: Action<Settings> = {
    ...whole,
    ...{ id, title, description, subject: "Tasks and appointments" },
    input: z.strictObject({ activityId: number("Number of the task.") }),
    example: { input: { activityId: EXAMPLE_ID }, output: { succeeded: true } },
  };
  return composed(action, whole.calls, (session, input) => whole.run(session, { ...input, isCompleted }));
}
