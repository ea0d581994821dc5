import type { ActivityValues, StoredActivity } from "./activity.ts";
import type { ActivityBook } from "./activityBook.ts";
import { type ActivityRules, readActivity } from "./activityWrite.ts";

/** The acts that change activities, with all their rules; the API and the product's own screen go through here. */
export type ActivityWriter = {
  readonly create: (body: unknown, user: number) => StoredActivity;
  readonly update: (id: string, body: unknown, user: number) => StoredActivity;
  readonly remove: (id: string, user: number, isHard?: boolean) => void;
  /** What becomes of a contact's activities when the contact is deleted. */
  readonly contactGone: (contactId: number, user: number) => void;
  /** Gives a contact's activities to another. */
  readonly move: (fromId: number, toId: number, user: number) => void;
  /** An activity that is there and not deleted. @throws Refusal 404 ObjectNotFound. */
  readonly demand: (id: string) => StoredActivity;
};

/** Binds the acts to one book. */
export function createActivityWriter(book: ActivityBook, rules: ActivityRules, now: () => number): ActivityWriter {
  const { quirks, refusals } = rules;

  const demand = (id: string): StoredActivity => {
    const activity = /^\d+$/.test(id) ? book.get(Number(id)) : undefined;
    if (activity === undefined || activity.isDeleted) throw refusals.missing("Activity not found");
    return activity;
  };

  const assign = (fromId: number, primaryContact: number | undefined, user: number): void => {
    for (const activity of book.ofContact(fromId)) book.change(activity, { primaryContact }, user, now());
  };

  return {
    demand,
    create: (body, user) => book.add({ ...NOTHING, ...readActivity(body, rules) }, user, now()),
    update: (id, body, user) => {
      const activity = demand(id);
      const given = readActivity(body, rules);
      const change = { ...given, texts: { ...activity.texts, ...given.texts } };
      if (quirks().touchOnNoChange || moves(activity, change)) book.change(activity, change, user, now());
      return demand(id);
    },
    remove: (id, user, isHard = false) => book.remove(demand(id), user, now(), isHard),
    contactGone: (contactId, user) => {
      if (quirks().activitiesOfDeleted === "stay") return assign(contactId, undefined, user);
      for (const activity of book.ofContact(contactId)) book.remove(activity, user, now(), false);
    },
    move: assign,
  };
}

const NOTHING = { dueDate: undefined, duration: undefined, isCompleted: false, primaryContact: undefined } as const;

function moves(activity: StoredActivity, { texts = {}, ...rest }: Partial<ActivityValues>): boolean {
  if (Object.entries(texts).some(([name, text]) => text !== (activity.texts[name] ?? ""))) return true;
  const before: Readonly<Record<string, unknown>> = activity;
  return Object.entries(rest).some(([name, value]) => value !== before[name]);
}
