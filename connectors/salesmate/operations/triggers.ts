import { type Action, actionOf, doingOf, type Trigger } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";

const MINUTE_MS = 60_000;
const SOON = {
  words: "Within two minutes: what changed is asked for again and again.",
  ms: 2 * MINUTE_MS,
};
const SWEEP = {
  words: "Within six hours: only a comparison of everything shows it.",
  ms: 6 * 60 * MINUTE_MS,
};
const HOURLY = { words: "Within an hour.", ms: 60 * MINUTE_MS };

const SOONER =
  "Where a note moves the time of its contact's last change, which is not published, it is found with that.";

/** One thing that happens: its id, its title, the action that shows it, how soon, and what else must be said of it. */
type Noticed = readonly [
  id: string,
  title: string,
  operation: string,
  delay: typeof SOON | typeof SWEEP | typeof HOURLY,
  more?: string,
];

/** What happens at Salesmate and how it is noticed: it has no webhooks to register for. */
const NOTICED: readonly Noticed[] = [
  ["contact.created", "A contact is new", "contact.search", SOON],
  [
    "contact.changed",
    "A contact is new or changed",
    "contact.search",
    SOON,
    "That somebody opened a contact is neither told nor kept by Salesmate; this and `contact.spokenWith` come nearest.",
  ],
  ["contact.deleted", "A contact is gone", "contact.search", SWEEP],
  [
    "contact.spokenWith",
    "A call, meeting or e-mail with a contact was completed",
    "activity.search",
    SOON,
    "It is the nearest to a contact being opened that Salesmate shows.",
  ],
  ["contactNote.written", "A note on a contact is new", "contactNote.list", SWEEP, SOONER],
  ["contactNote.changed", "A note on a contact was changed or is gone", "contactNote.list", SWEEP, SOONER],
  ["company.created", "A company is new", "company.search", SOON],
  ["company.changed", "A company is new or changed", "company.search", SOON],
  ["deal.created", "A deal is new", "deal.search", SOON],
  ["deal.changed", "A deal is new or changed", "deal.search", SOON],
  ["deal.moved", "A deal came to another stage or pipeline", "deal.search", SOON],
  ["deal.won", "A deal was won", "deal.search", SOON],
  ["deal.lost", "A deal was lost", "deal.search", SOON],
  ["task.created", "A task is new", "activity.search", SOON],
  ["task.changed", "A task is new or changed", "activity.search", SOON],
  ["task.completed", "A task was completed", "activity.search", SOON],
  ["task.due", "A task is about to be due", "activity.search", SOON],
  ["appointment.changed", "An appointment is new, moved or changed", "activity.search", SOON],
  ["product.changed", "A product is new or changed", "product.search", HOURLY],
  ["record.changed", "A record in a module of your own is new or changed", "record.search", HOURLY],
  ["tag.new", "A tag is carried that none carried before", "tag.list", HOURLY],
  ["field.changed", "A field is new, gone or of another type", "field.list", HOURLY],
  ["user.changed", "A user is new, or not active any more", "user.list", HOURLY],
];

/** All triggers, described by the actions that read what they give. */
export function triggersOf(actions: readonly Action<Settings>[]): readonly Trigger[] {
  return NOTICED.map(([id, title, operation, delay, more]) => {
    const reads = actionOf(actions, operation);
    if (reads === undefined) throw new Failure("bug", `A trigger of Salesmate names ${operation}, which is not there.`);
    const { subject, output, example, source, generations } = reads;
    const found = `Found by asking Salesmate whether ${doingOf(title)}.`;
    return {
      kind: "trigger",
      effect: "reads",
      ...{ id, subject, title, source, generations, delay, output },
      description: more === undefined ? found : `${found} ${more}`,
      scopes: [],
      firedBy: { kind: "poll", operation },
      example: { output: example.output },
    };
  });
}
