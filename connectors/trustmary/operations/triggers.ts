import { type Action, actionOf, doingOf, type Trigger } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";
import { GENERATIONS, SOURCES } from "./dialect.ts";

const MINUTE_MS = 60_000;
const AT_ONCE = { words: "Within seconds where a webhook is registered, else within two minutes.", ms: 2 * MINUTE_MS };
const SOON = {
  words: "Within two minutes: Trustmary tells of no change, so the list is read again and again.",
  ms: 2 * MINUTE_MS,
};
const HOURLY = { words: "Within an hour.", ms: 60 * MINUTE_MS };

/** What happens at Trustmary and how it is noticed. Only answers have a message of their own. */
const NOTICED = [
  {
    id: "answer.given",
    title: "A survey was answered",
    operation: "answer.list",
    delay: AT_ONCE,
    events: ["answer_completed"],
  },
  { id: "contact.changed", title: "A contact is new or changed", operation: "contact.list", delay: SOON },
  {
    id: "contact.statusChanged",
    title: "A contact unsubscribed, complained or cannot be reached",
    operation: "contact.list",
    delay: SOON,
  },
  { id: "review.changed", title: "A review is new or changed", operation: "review.list", delay: SOON },
  { id: "list.changed", title: "A contact list is new or was renamed", operation: "list.list", delay: HOURLY },
  { id: "automation.changed", title: "An automation is new or changed", operation: "automation.list", delay: HOURLY },
] as const;

/** All triggers, described by the actions that read what they give. */
export function triggersOf(actions: readonly Action<Settings>[]): readonly Trigger[] {
  return NOTICED.map((noticed) => {
    const { id, title, operation, delay } = noticed;
    const reads = actionOf(actions, operation);
    if (reads === undefined) throw new Failure("bug", `A trigger of Trustmary names ${operation}, which is not there.`);
    const { subject, output, example } = reads;
    return {
      kind: "trigger",
      effect: "reads",
      id,
      subject,
      title,
      description:
        "events" in noticed ? `Fires when ${doingOf(title)}.` : `Found by asking Trustmary whether ${doingOf(title)}.`,
      scopes: [],
      source: SOURCES.reference,
      generations: GENERATIONS,
      firedBy: "events" in noticed ? { kind: "webhook", events: noticed.events } : { kind: "poll", operation },
      delay,
      output,
      example: { output: example.output },
    };
  });
}
