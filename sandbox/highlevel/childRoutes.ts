import { checked, count, flag, requiredFlag, text, texts } from "./check.ts";
import type { Child } from "./child.ts";
import { type ChildShowing, shownNote, shownTask, taskRow } from "./childPresent.ts";
import type { Children } from "./children.ts";
import type { ChildWriter } from "./childWriter.ts";
import type { Answer, Route, Visit } from "./routing.ts";
import type { Refusals } from "./wording.ts";

/** What the operations on children work with. */
export type ChildRouteParts = {
  readonly children: Children;
  readonly showing: () => ChildShowing;
  readonly refusals: Refusals;
  /** The business of a contact, by which tasks are searched. */
  readonly businessOf: (contactId: string) => string | null;
};

/** Registers operations 10 to 20 of the contract sheet: notes and tasks under their contact, and the task search. */
export function childRoutes(route: Route, parts: ChildRouteParts): void {
  const { children, showing, refusals } = parts;
  const { notes, tasks } = children;
  under(route, "note", notes, (note) => shownNote(note, showing()));
  under(route, "task", tasks, (task) => shownTask(task, showing()));
  route("PUT", "/contacts/:contactId/tasks/:id/completed", "contacts.write", ({ params, body }) => {
    const given = checked(body, { completed: requiredFlag }, ["completed"], refusals);
    return { body: { task: shownTask(tasks.update(params.id ?? "", given, params.contactId), showing()) } };
  });
  route("POST", "/locations/:locationId/tasks/search", "locations/tasks.readonly", (visit) => ({
    body: { tasks: searchedTasks(visit, parts).map((task) => taskRow(task, showing())) },
  }));
}

/** The five operations that notes and tasks have in common. Lists and reads are not behind. */
function under<Kept extends Child>(
  route: Route,
  noun: "note" | "task",
  writer: ChildWriter<Kept>,
  shown: (child: Kept) => object,
): void {
  const all = `/contacts/:contactId/${noun}s`;
  const one = `${all}/:id`;
  const idOf = ({ params }: Visit) => params.id ?? "";
  const contactOf = ({ params }: Visit) => params.contactId ?? "";
  const seen = (visit: Visit, child: Kept) => shown(seenBy(visit, child, writer));

  route("GET", all, "contacts.readonly", (visit) => ({
    body: { [`${noun}s`]: writer.list(contactOf(visit)).map((child) => seen(visit, child)) },
  }));
  route("POST", all, "contacts.write", (visit) => ({
    status: 201,
    body: { [noun]: shown(writer.create(contactOf(visit), visit.body)) },
  }));
  route("GET", one, "contacts.readonly", (visit) => ({
    body: { [noun]: seen(visit, writer.demand(idOf(visit), contactOf(visit))) },
  }));
  route("PUT", one, "contacts.write", (visit) => ({
    body: { [noun]: shown(writer.update(idOf(visit), visit.body, contactOf(visit))) },
  }));
  route("DELETE", one, "contacts.write", (visit): Answer => {
    writer.remove(idOf(visit), contactOf(visit));
    return { body: { succeded: true, ...(visit.isV3 ? { succeeded: true } : {}) } };
  });
}

/** The child that a visit is shown: as it was before its last change where a fault asks for that. */
export function seenBy<Kept extends Child>(visit: Visit, child: Kept, { shelf }: ChildWriter<Kept>): Kept {
  return visit.isStale ? (shelf.earlier(child.id) ?? child) : child;
}

const SEARCH_LIMIT_MAX = 100;

const SEARCH_BODY = {
  contactId: texts,
  completed: flag,
  assignedTo: texts,
  query: text,
  limit: count,
  skip: count,
  businessId: text,
};

/** Newest first, from an index that lags. */
function searchedTasks({ body }: Visit, { children: { tasks }, refusals, businessOf }: ChildRouteParts) {
  const given = checked(body, SEARCH_BODY, [], refusals);
  const limit = Number(given.limit ?? 25);
  if (limit < 1 || limit > SEARCH_LIMIT_MAX) {
    throw refusals.invalid([`limit must not be greater than ${SEARCH_LIMIT_MAX}`]);
  }
  const skip = Number(given.skip ?? 0);
  const isOneOf = (wanted: unknown, value: string | null) => !Array.isArray(wanted) || wanted.includes(value);
  const words = String(given.query ?? "").toLowerCase();
  return tasks.shelf
    .searched()
    .filter(
      (task) =>
        isOneOf(given.contactId, task.contactId) &&
        isOneOf(given.assignedTo, task.assignedTo) &&
        (!given.businessId || businessOf(task.contactId) === given.businessId) &&
        (typeof given.completed !== "boolean" || given.completed === task.completed) &&
        task.title.toLowerCase().includes(words),
    )
    .slice(skip, skip + limit);
}
