import { createTable, type Table } from "../control/table.ts";
import type { ActivityValues, StoredActivity } from "./activity.ts";

/** The activities of one account. */
export type ActivityBook = {
  /** Those that a search can find: all that are not deleted. */
  readonly activities: Table<StoredActivity>;
  /** An activity by id, deleted or not. */
  readonly get: (id: number) => StoredActivity | undefined;
  /** An activity as it was before its last change. */
  readonly earlier: (id: number) => StoredActivity | undefined;
  /** Those of a contact that are not deleted, oldest first. */
  readonly ofContact: (contactId: number) => StoredActivity[];
  readonly add: (values: ActivityValues, user: number, at: number) => StoredActivity;
  readonly change: (activity: StoredActivity, change: Partial<ActivityValues>, user: number, at: number) => void;
  /** Soft: it vanishes from search and keeps its id. Hard: nothing is left of it. */
  readonly remove: (activity: StoredActivity, user: number, at: number, isHard: boolean) => void;
  readonly clear: () => void;
};

/** Far from the numbers of contacts and notes, so that a number tells what it is of. */
const FIRST_ID = 9_000_001;

/** Makes an empty book. Ids rise and are never given twice. */
export function createActivityBook(): ActivityBook {
  const activities = createTable(SHAPE);
  const deleted = new Map<number, StoredActivity>();
  const before = new Map<number, StoredActivity>();
  let nextId = FIRST_ID;

  const get = (id: number) => activities.get(String(id)) ?? deleted.get(id);

  return {
    activities,
    get,
    earlier: (id) => before.get(id) ?? get(id),
    ofContact: (contactId) =>
      activities.find("primaryContact", String(contactId)).sort((left, right) => left.id - right.id),
    add: (values, user, at) => {
      const id = nextId;
      nextId += 1;
      const stamps = { createdAt: at, createdBy: user, lastModifiedAt: at, lastModifiedBy: user };
      const completedAt = values.isCompleted ? at : undefined;
      const activity = { id, ...values, completedAt, ...stamps, isDeleted: false };
      activities.put(activity);
      return activity;
    },
    change: (activity, change, user, at) => {
      before.set(activity.id, activity);
      const isCompleted = change.isCompleted ?? activity.isCompleted;
      const completedAt = isCompleted ? (activity.completedAt ?? at) : undefined;
      activities.put({ ...activity, ...change, completedAt, lastModifiedAt: at, lastModifiedBy: user });
    },
    remove: (activity, user, at, isHard) => {
      activities.remove(String(activity.id));
      if (isHard) before.delete(activity.id);
      else deleted.set(activity.id, { ...activity, isDeleted: true, lastModifiedAt: at, lastModifiedBy: user });
    },
    clear: () => {
      activities.clear();
      deleted.clear();
      before.clear();
    },
  };
}

const SHAPE = {
  idOf: (activity: StoredActivity) => String(activity.id),
  compareIds: (left: string, right: string) => Number(left) - Number(right),
  keysOf: (index: string, activity: StoredActivity) => {
    const text = activityText(index, activity).toLowerCase();
    return text === "" ? [] : [text];
  },
  orderOf: (order: string, activity: StoredActivity) => {
    if (order === "id" || order === "createdAt" || order === "lastModifiedAt") return activity[order];
    return activityText(order, activity).toLowerCase();
  },
};

/** The text of a field that a search can compare; empty where the activity has none. */
export function activityText(field: string, activity: StoredActivity): string {
  switch (field) {
    case "id":
    case "title":
    case "type":
    case "isCompleted":
      return String(activity[field]);
    case "owner":
    case "owner.id":
      return String(activity.owner);
    case "primaryContact":
    case "primaryContact.id":
      return activity.primaryContact === undefined ? "" : String(activity.primaryContact);
    default:
      return activity.texts[field] ?? "";
  }
}
