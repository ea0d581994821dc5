import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { applyChanges, type Changes, type Fields, isEmpty, type Value } from "../../model/value.ts";
import type { Task, TaskRow } from "./childWire.ts";
import { instantOf } from "./times.ts";
import { textOf } from "./values.ts";

/** A task between HighLevel's JSON and model form. Pure. It tells no time of its last change, so it has no version. */

const WIRE_KEY = { title: "title", body: "body", dueAt: "dueDate", isCompleted: "completed" } as const;

/** The fields of a task. Who it is assigned to is HighLevel's own and stays as it is. */
export const TASK_CATALOGUE: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Description", type: "longText", isWritable: true, standard: "body" },
  { key: "dueAt", label: "Due", type: "dateTime", isWritable: true, standard: "dueAt" },
  { key: "isCompleted", label: "Completed", type: "boolean", isWritable: true, standard: "isCompleted" },
];

/** A task in model form, from a read, the list of its contact, or the answer to a write. */
export function taskSnapshot(task: Task, parentId: string): Snapshot {
  const fields = {
    title: textOf(task.title),
    body: textOf(task.body),
    dueAt: instantOf(task.dueDate) ?? textOf(task.dueDate),
    isCompleted: task.completed === true,
  };
  return { externalId: task.id, parentId, fields };
}

/**
 * A row of the location's search in model form: what the row leaves out is not said to be empty, since its shape is
 * documented nowhere.
 * @returns `undefined` for a row without an id or a contact, and for one marked as deleted
 */
export function taskRowSnapshot(row: TaskRow): Snapshot | undefined {
  const id = row.id ?? row._id;
  const parentId = textOf(row.contactId);
  if (!id || parentId === "" || row.deleted === true) return undefined;
  const { fields } = taskSnapshot({ ...row, id }, parentId);
  const told = Object.entries(fields).filter(([key]) => row[wireKey(key)] !== undefined);
  return { externalId: id, parentId, fields: Object.fromEntries(told) };
}

/** The body of a create. HighLevel wants to be told whether a task is done, and takes no task without a due time. */
export function taskCreateBody(fields: Fields): Record<string, unknown> {
  const filled = Object.entries(fields).filter(([, value]) => !isEmpty(value));
  return { completed: false, ...bodyOf(filled) };
}

/** The body of an update: what changed and nothing else. */
export function taskUpdateBody(changes: Changes, known: Fields): Record<string, unknown> {
  const next = applyChanges(known, changes);
  return bodyOf(Object.keys(changes).map((key) => [key, next[key] ?? ""]));
}

function bodyOf(values: readonly (readonly [string, Value])[]): Record<string, unknown> {
  return Object.fromEntries(
    values.map(([key, value]) => [wireKey(key), key === "isCompleted" ? value === true : textOf(value)]),
  );
}

function wireKey(key: string): (typeof WIRE_KEY)[keyof typeof WIRE_KEY] {
  return WIRE_KEY[key as keyof typeof WIRE_KEY]; // the catalogue names no other keys, and a mapping only names those
}
