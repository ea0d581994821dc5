import { type Action, actionOf, doingOf, type Trigger } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import type { Settings } from "../settings.ts";
import { GENERATIONS } from "./dialect.ts";

const MINUTE_MS = 60_000;
const AT_ONCE = { words: "Within seconds where a webhook is set up, else within two minutes.", ms: 2 * MINUTE_MS };
const SLOWLY = {
  words: "Within seconds where a webhook is set up, else when its turn comes to be read again: ten reviews a poll.",
  ms: 60 * MINUTE_MS,
};
const HOURLY = { words: "Within an hour.", ms: 60 * MINUTE_MS };

const TOLD = [
  ["review.written", "Somebody reviewed the business", "review.read", AT_ONCE, "service-review-created"],
  ["review.edited", "A review was edited", "review.read", SLOWLY, "service-review-updated"],
  ["review.deleted", "A review was deleted", "review.read", SLOWLY, "service-review-deleted"],
  ["productReview.written", "Somebody reviewed a product", "productReview.read", AT_ONCE, "product-review-created"],
  ["productReview.edited", "A review of a product was edited", "productReview.read", SLOWLY, "product-review-updated"],
  [
    "productReview.deleted",
    "A review of a product was deleted",
    "productReview.read",
    SLOWLY,
    "product-review-deleted",
  ],
] as const;

const ASKED = [
  ["unit.scoreChanged", "The score of the business changed", "unit.read", HOURLY],
  ["review.poor", "Somebody gave few stars", "review.list", AT_ONCE],
] as const;

/** All triggers, described by the actions that read what they give. */
export function triggersOf(actions: readonly Action<Settings>[]): readonly Trigger[] {
  const common = (id: string, title: string, gives: string) => {
    const reads = actionOf(actions, gives);
    if (reads === undefined) throw new Failure("bug", `A trigger of Trustpilot names ${gives}, which is not there.`);
    const { subject, output, example, source } = reads;
    const same = { id, title, subject, output, example: { output: example.output }, source };
    return { ...same, kind: "trigger", effect: "reads", scopes: [], generations: GENERATIONS } as const;
  };
  return [
    ...TOLD.map(([id, title, gives, delay, event]) => ({
      ...common(id, title, gives),
      description: `Fires when ${doingOf(title)}.`,
      firedBy: { kind: "webhook", events: [event] } as const,
      delay,
    })),
    ...ASKED.map(([id, title, operation, delay]) => ({
      ...common(id, title, operation),
      description: `Found by asking Trustpilot whether ${doingOf(title)}.`,
      firedBy: { kind: "poll", operation } as const,
      delay,
    })),
  ];
}
