import type { Children } from "./children.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** A task that comes again and again. Times are epoch milliseconds. */
export type RecurringTask = {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly contactIds: readonly string[];
  readonly owners: readonly string[];
  /** As it was sent: `intervalType`, `interval`, `startDate`, `dueAfterSeconds`, perhaps `endDate` and `count`. */
  readonly rruleOptions: Readonly<Record<string, unknown>>;
  /** How often it has come so far. */
  readonly totalOccurrence: number;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** The recurring tasks of one location. */
export type RecurringTasks = Drawer<RecurringTask> & {
  /** Puts one in and lets it come by itself from now on. The first comes at once, unless that is waived. */
  readonly start: (task: RecurringTask, isFirstMade: boolean) => RecurringTask;
};

/** Makes a location's recurring tasks: none at first. */
export function createRecurringTasks({ timetable, book }: Stand, { tasks }: Children): RecurringTasks {
  const drawer = createDrawer<RecurringTask>();

  const come = (task: RecurringTask, number: number): RecurringTask => {
    for (const contactId of task.contactIds) {
      if (book.contacts.get(contactId) !== undefined) tasks.create(contactId, bodyOf(task, number));
    }
    return drawer.put({ ...task, totalOccurrence: task.totalOccurrence + 1 });
  };

  /** Waits for one occurrence, then for the one after it, as the task then is. */
  const waitFor = (id: string, number: number): void => {
    const task = drawer.get(id);
    const at = task === undefined ? undefined : occurrenceOf(task, number);
    if (at === undefined) return;
    timetable.at(at, () => {
      const then = drawer.get(id);
      if (then === undefined) return;
      come(then, number);
      waitFor(id, number + 1);
    });
  };

  return {
    ...drawer,
    start: (task, isFirstMade) => {
      const kept = isFirstMade ? come(drawer.put(task), 0) : drawer.put(task);
      waitFor(task.id, 1);
      return kept;
    },
  };
}

/** When a task comes for the so-many-eth time, the first being 0; `undefined` when it comes no more. */
export function occurrenceOf({ rruleOptions: rule }: RecurringTask, number: number): number | undefined {
  const at = stepped(Date.parse(String(rule.startDate)), String(rule.intervalType), number * Number(rule.interval));
  const isOver =
    (typeof rule.count === "number" && number >= rule.count) ||
    (typeof rule.endDate === "string" && at > Date.parse(rule.endDate));
  return isOver || (number > 0 && Number(rule.interval) === 0) ? undefined : at;
}

const STEP_MS: Readonly<Record<string, number>> = {
  secondly: 1_000,
  minutely: 60_000,
  hourly: 3_600_000,
  daily: 86_400_000,
  weekly: 604_800_000,
};

/** Months and years are those of the calendar in UTC, a short month ending early; all other steps are always as long. */
function stepped(start: number, intervalType: string, steps: number): number {
  const stepMs = STEP_MS[intervalType];
  if (stepMs !== undefined) return start + steps * stepMs;
  const date = new Date(start);
  const months = date.getUTCMonth() + steps * (intervalType === "yearly" ? 12 : 1);
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), months + 1, 0)).getUTCDate();
  return date.setUTCMonth(months, Math.min(date.getUTCDate(), lastDay));
}

function bodyOf(task: RecurringTask, number: number): object {
  const at = stepped(
    Date.parse(String(task.rruleOptions.startDate)),
    String(task.rruleOptions.intervalType),
    number * Number(task.rruleOptions.interval),
  );
  const dueAt = at + Number(task.rruleOptions.dueAfterSeconds) * 1_000;
  return {
    title: task.title,
    body: task.description,
    dueDate: new Date(dueAt).toISOString(),
    completed: false,
    ...(task.owners[0] !== undefined && { assignedTo: task.owners[0] }),
  };
}
