import type { Session } from "../../kit/index.ts";
import { type Changes, isEmpty } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import { NARRATIVE } from "./shelf.ts";

/** Narrative notes: what became of a task, told beside the transcripts of its person. */

/**
 * Writes that a task was completed, or opened again, where a change says so. Called before the change is made: where the hub
 * dies in between and the change is made again, the note is there already, since such notes take turns.
 */
export async function narrate(session: Session<Settings>, taskId: string, changes: Changes): Promise<void> {
  const { book, settings, now } = session;
  const wanted = changes.isCompleted;
  if (!settings.narrativeNotes || wanted === undefined) return;
  const task = await book.read("task", taskId);
  const isCompleted = wanted.kind === "set" && wanted.value === true;
  if (task?.parentId === undefined || (task.fields.isCompleted === true) === isCompleted) return;
  const told = await book.find(NARRATIVE, "taskId", taskId);
  const last = await book.read(NARRATIVE, told.at(-1) ?? "");
  if (last?.fields.isCompleted === isCompleted) return;
  const title = titleOf(changes, String(task.fields.title ?? ""));
  const fields = {
    taskId,
    isCompleted,
    title,
    body: sentence(title, isCompleted, now()),
    at: new Date(now()).toISOString(),
  };
  const externalId = `${taskId}.${told.length + 1}`;
  await book.put({ resource: NARRATIVE, externalId, parentId: task.parentId, fields, origin: "partner" });
}

/** The name that the task has after the change. */
function titleOf({ title }: Changes, before: string): string {
  return title?.kind === "set" && !isEmpty(title.value) ? String(title.value) : before;
}

const MONTHS = "January February March April May June July August September October November December".split(" ");

/** The sentence of a narrative note. Pure. */
export function sentence(title: string, isCompleted: boolean, at: number): string {
  const day = new Date(at);
  const date = `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
  const name = title === "" ? "A task" : `Task “${title}”`;
  return `${name} was ${isCompleted ? "completed" : "opened again"} on ${date}, ${day.toISOString().slice(11, 16)} UTC.`;
}
