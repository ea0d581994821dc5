import { opaqueId } from "../random.ts";
import { type Check, type Checks, count, flag, oneOf, requiredText, text, texts, time } from "./check.ts";
import { refuseUnknown } from "./followerRoutes.ts";
import type { Place } from "./place.ts";
import type { RecurringTask } from "./recurringTasks.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, type Row } from "./rows.ts";

const RECURRING = "/locations/:locationId/recurring-tasks";

/** The recurring tasks of section 2.3 of the contract sheet. */
export const RECURRING_TASK_OPERATIONS: readonly Row[] = [
  ["POST", RECURRING, "recurring-tasks.write", createTask],
  ["GET", `${RECURRING}/:taskId`, "recurring-tasks.readonly", readTask],
  ["PUT", `${RECURRING}/:taskId`, "recurring-tasks.write", updateTask],
  ["DELETE", `${RECURRING}/:taskId`, "recurring-tasks.write", deleteTask],
];

const INTERVALS = ["yearly", "monthly", "weekly", "daily", "hourly", "minutely", "secondly"];

const RULE: Checks = {
  intervalType: oneOf(INTERVALS),
  interval: count,
  startDate: time,
  endDate: time,
  dayOfMonth: count,
  dayOfWeek: oneOf(["mo", "tu", "we", "th", "fr", "sa", "su"]),
  monthOfYear: count,
  count,
  createTaskIfOverDue: flag,
  dueAfterSeconds: count,
};

const RULE_REQUIRED = ["intervalType", "interval", "startDate", "dueAfterSeconds"];

const rule: Check = (name, value) => {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return [`${name} must be an object`];
  const given: Readonly<Record<string, unknown>> = { ...value };
  const unknown = Object.keys(given).filter((key) => !Object.hasOwn(RULE, key));
  const known = Object.keys(RULE).filter((key) => given[key] !== undefined || RULE_REQUIRED.includes(key));
  return [
    ...unknown.map((key) => `${name}.property ${key} should not exist`),
    ...known.flatMap((key) => RULE[key]?.(`${name}.${key}`, given[key]) ?? []),
  ];
};

const TASK: Checks = {
  title: requiredText,
  description: text,
  contactIds: texts,
  owners: texts,
  rruleOptions: rule,
  ignoreTaskCreation: flag,
};

/** The first task comes at once for each contact, unless that is waived; the others come when it is time. */
function createTask(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, TASK, ["title", "rruleOptions"]);
  const at = place.now();
  const blank = { title: "", description: "", contactIds: [], owners: [], rruleOptions: {}, totalOccurrence: 0 };
  const task = changed({ ...blank, id: opaqueId(place.random, 24), createdAt: at, updatedAt: at }, given, place);
  const started = place.recurringTasks.start(task, given.ignoreTaskCreation !== true);
  return { status: 201, body: { recurringTask: shown(started, place) } };
}

function readTask(visit: Visit, place: Place): Answer {
  return { body: { recurringTask: shown(demand(visit, place), place) } };
}

function updateTask(visit: Visit, place: Place): Answer {
  const task = changed(demand(visit, place), bodyOf(visit, place, TASK), place);
  return { body: { recurringTask: shown(place.recurringTasks.put({ ...task, updatedAt: place.now() }), place) } };
}

function deleteTask(visit: Visit, place: Place): Answer {
  const { id } = demand(visit, place);
  place.recurringTasks.remove(id);
  return { body: { id, success: true } };
}

function changed(task: RecurringTask, given: Readonly<Record<string, unknown>>, place: Place): RecurringTask {
  const contactIds = Array.isArray(given.contactIds) ? given.contactIds.map(String) : task.contactIds;
  const owners = Array.isArray(given.owners) ? given.owners.map(String) : task.owners;
  for (const id of contactIds) place.writer.demand(id);
  refuseUnknown(owners, place);
  return {
    ...task,
    contactIds,
    owners,
    ...("title" in given && { title: String(given.title) }),
    ...("description" in given && { description: String(given.description ?? "") }),
    ...(typeof given.rruleOptions === "object" && { rruleOptions: { ...given.rruleOptions } }),
  };
}

function demand({ params: { taskId = "" } }: Visit, place: Place): RecurringTask {
  const task = place.recurringTasks.get(taskId);
  if (task === undefined) throw missing(place, "Recurring task", taskId);
  return task;
}

function shown({ contactIds, owners, createdAt, updatedAt, ...task }: RecurringTask, { location }: Place) {
  return {
    ...task,
    locationId: location.id,
    createdAt: new Date(createdAt).toISOString(),
    updatedAt: new Date(updatedAt).toISOString(),
    deleted: false,
    assignedTo: owners[0],
    contactId: contactIds[0],
  };
}
