import {
  type HttpRequest,
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { type ErrorKind, Failure } from "../../model/errors.ts";
import { about, goneAs, parentOf } from "./calls.ts";
import * as wire from "./childWire.ts";
import { PAGE_OVERLAP, TASK_PAGE_LIMIT } from "./quirks.ts";
import type { Settings } from "./settings.ts";
import { TASK_CATALOGUE, taskCreateBody, taskRowSnapshot, taskSnapshot, taskUpdateBody } from "./task.ts";

type HighLevel = Session<Settings>;

/**
 * The tasks of a location's contacts, each under its contact. They tell no times of change, and no webhook tells of an
 * edit, so a listing is always whole: of one contact, or of the location where no contact is named.
 */
export const tasks: ResourceAdapter<Settings> = {
  parent: "contact",
  describe: async () => TASK_CATALOGUE,
  // Rows of the location's search are described nowhere and lag, so rows are hints.
  listing: ({ searchLagMs, listTasksBy }) => ({
    isComplete: false,
    lagMs: searchLagMs,
    overlapMs: 0,
    isByParent: true,
    isListedWhole: listTasksBy === "location",
  }),
  list: (session, query) =>
    query.parentId === undefined ? listOfLocation(session, query) : listOfContact(session, query.parentId),
  read: async (session, externalId, parentId) => {
    const doing = `read task ${externalId}`;
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/tasks/${externalId}`;
    const answer = await goneAs("gone" as const, () => session.http.request({ method: "GET", path: url, doing }));
    return answer === "gone" ? "gone" : taskSnapshot(readAnswer(wire.TaskAnswer, answer, about(doing)).task, contactId);
  },
  create: async (session, fields, parentId) => {
    const doing = "create a task";
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/tasks`;
    const answer = await session.http.request({ method: "POST", path: url, json: taskCreateBody(fields), doing });
    const { task } = readAnswer(wire.TaskAnswer, answer, { ...about(doing), isWrite: true });
    return { kind: "created", externalId: task.id, snapshot: taskSnapshot(task, contactId) };
  },
  update: async (session, externalId, changes, known, parentId) => {
    const doing = `update task ${externalId}`;
    const contactId = parentOf(parentId, doing);
    const url = path`/contacts/${contactId}/tasks/${externalId}`;
    const json = taskUpdateBody(changes, known);
    const answer = await session.http.request({ method: "PUT", path: url, json, doing });
    return taskSnapshot(readAnswer(wire.TaskAnswer, answer, { ...about(doing), isWrite: true }).task, contactId);
  },
  delete: async (session, externalId, parentId) => {
    const doing = `delete task ${externalId}`;
    const url = path`/contacts/${parentOf(parentId, doing)}/tasks/${externalId}`;
    await goneAs(undefined, () => session.http.request({ method: "DELETE", path: url, doing }));
  },
  find: async () => [],
};

async function listOfContact(session: HighLevel, contactId: string): Promise<ListPage> {
  const doing = "list the tasks of a contact";
  const answer = await session.http.request({ method: "GET", path: path`/contacts/${contactId}/tasks`, doing });
  const found = readAnswer(wire.TasksAnswer, answer, about(doing)).tasks;
  return { records: found.map((task) => taskSnapshot(task, contactId)), total: found.length };
}

/** Pages are counted off, and what is deleted meanwhile moves the rest up: each page looks back at some of the last. */
async function listOfLocation(session: HighLevel, { cursor }: ListQuery): Promise<ListPage> {
  const doing = "list the tasks of the location";
  const skip = skipOf(cursor);
  const request: HttpRequest = {
    method: "POST",
    path: path`/locations/${session.settings.locationId}/tasks/search`,
    json: { limit: TASK_PAGE_LIMIT, skip },
    isRead: true,
    doing,
  };
  const answer = await unlessRefused(() => session.http.request(request));
  if (typeof answer === "string") return { records: [], refused: answer };
  const rows = readAnswer(wire.TaskSearchAnswer, answer, about(doing)).tasks;
  const next = String(skip + TASK_PAGE_LIMIT - PAGE_OVERLAP);
  return {
    records: rows.flatMap((row) => taskRowSnapshot(row) ?? []),
    ...(rows.length >= TASK_PAGE_LIMIT && { next }),
  };
}

/** Each contact's own list shows its tasks as well, so that the want of this permission holds nothing up. */
async function unlessRefused<Answer>(call: () => Promise<Answer>): Promise<Answer | string> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Failure && REFUSALS.has(thrown.kind)) return thrown.message;
    throw thrown;
  }
}

const REFUSALS: ReadonlySet<ErrorKind> = new Set(["forbidden", "not_found", "rejected"]);

function skipOf(cursor: string | undefined): number {
  if (cursor === undefined) return 0;
  if (/^\d{1,9}$/.test(cursor)) return Number(cursor);
  throw new Failure("bug", "The stored position in HighLevel's tasks cannot be read; start the listing again.");
}
