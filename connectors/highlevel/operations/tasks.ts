import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import {
  ContactId,
  Flag,
  id,
  moment,
  optional,
  required,
  Skip,
  Succeeded,
  Text,
  Time,
  upTo,
  withId,
} from "./shapes.ts";

const action = actionsOf({
  subject: "Tasks",
  module: "contacts",
  scopes: { reads: "contacts.readonly", writes: "contacts.write" },
});

const TaskShape = z.object({
  id: z.string(),
  title: Text,
  body: Text,
  assignedTo: Text,
  dueDate: Time,
  completed: Flag,
  contactId: Text,
});
/** A task. HighLevel tells no time of its last change. Rows of the location's search may name their id `_id`. */
const Task = withId(TaskShape);

const IN = { contactId: ContactId };
const ONE = { contactId: ContactId, taskId: id("Id of the task.") };
const AssignedTo = id("Id of the user who is to do it.").optional();
const EXAMPLE = {
  id: "sx6wyHhbFdRXh302Lunr",
  title: "Call back",
  body: "About the tiles.",
  dueDate: "2026-03-09T10:00:00.000Z",
  completed: false,
  contactId: "ocQHyuzHvysMo5N5VsXc",
};
const ONE_EXAMPLE = { contactId: EXAMPLE.contactId, taskId: EXAMPLE.id };

/** The tasks of a contact, and those of the whole location. */
export const tasks = [
  action({
    id: "task.list",
    title: "List the tasks of a contact",
    description: "Lists all tasks of one contact, done and not done.",
    effect: "reads",
    method: "GET",
    path: "/contacts/{contactId}/tasks",
    input: IN,
    output: { tasks: z.array(Task) },
    example: { input: { contactId: EXAMPLE.contactId }, output: { tasks: [EXAMPLE] } },
  }),
  action({
    id: "task.create",
    title: "Create a task",
    description: "Makes a new task for one contact.",
    effect: "creates",
    method: "POST",
    path: "/contacts/{contactId}/tasks",
    input: {
      ...IN,
      title: required("What is to be done."),
      body: optional("More about it."),
      dueDate: moment("By when"),
      completed: z.boolean().default(false).describe("Whether it is done."),
      assignedTo: AssignedTo,
    },
    output: { task: Task },
    example: {
      input: { contactId: EXAMPLE.contactId, title: EXAMPLE.title, body: EXAMPLE.body, dueDate: EXAMPLE.dueDate },
      output: { task: EXAMPLE },
    },
  }),
  action({
    id: "task.read",
    title: "Read a task",
    description: "Shows one task of a contact.",
    effect: "reads",
    method: "GET",
    path: "/contacts/{contactId}/tasks/{taskId}",
    input: ONE,
    output: { task: Task },
    example: { input: ONE_EXAMPLE, output: { task: EXAMPLE } },
  }),
  action({
    id: "task.update",
    title: "Change a task",
    description: "Changes what is given of one task.",
    effect: "changes",
    method: "PUT",
    path: "/contacts/{contactId}/tasks/{taskId}",
    input: {
      ...ONE,
      title: optional("What is to be done."),
      body: optional("More about it."),
      dueDate: moment("By when").optional(),
      completed: z.boolean().optional().describe("Whether it is done."),
      assignedTo: AssignedTo,
    },
    output: { task: Task },
    example: { input: { ...ONE_EXAMPLE, title: "Write" }, output: { task: { ...EXAMPLE, title: "Write" } } },
  }),
  action({
    id: "task.complete",
    title: "Mark a task as done or not done",
    description: "Sets whether one task is done, and nothing else.",
    effect: "changes",
    method: "PUT",
    path: "/contacts/{contactId}/tasks/{taskId}/completed",
    input: { ...ONE, completed: z.boolean().default(true).describe("Whether it is done.") },
    output: { task: Task },
    example: { input: { ...ONE_EXAMPLE, completed: true }, output: { task: { ...EXAMPLE, completed: true } } },
  }),
  action({
    id: "task.delete",
    title: "Delete a task",
    description: "Deletes one task of a contact.",
    effect: "deletes",
    method: "DELETE",
    path: "/contacts/{contactId}/tasks/{taskId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
  action({
    id: "task.search",
    title: "Search the tasks of the location",
    description: "Finds tasks of all contacts, by text, state, contact or person; may lag behind changes.",
    effect: "reads",
    module: "locations",
    scopes: ["locations/tasks.readonly"],
    method: "POST",
    path: "/locations/{locationId}/tasks/search",
    input: {
      query: optional("Part of the title or text."),
      contactId: z.array(ContactId).optional().describe("Only those of these contacts."),
      assignedTo: z.array(z.string()).optional().describe("Only those of these users."),
      completed: z.boolean().optional().describe("Only done ones, or only those that are not."),
      businessId: id("Only those of contacts of this business.").optional(),
      limit: upTo(100),
      skip: Skip,
    },
    output: { tasks: z.array(Task) },
    example: { input: { completed: false, limit: 20 }, output: { tasks: [EXAMPLE] } },
  }),
];
