import type { DeliveryView, LedToView } from "../../model/api/views.ts";
import { counted } from "./numbers.ts";
import type { Worded } from "./words.ts";

/** How a webhook stands as a whole: by the worst of what it led to. */
export function deliveryState({ ledTo }: Pick<DeliveryView, "ledTo">): Worded {
  if (ledTo.length === 0) return { word: "Nothing follows this", tone: "quiet" };
  if (ledTo.some(({ state }) => state === "failed")) return { word: "Failed", tone: "bad" };
  if (ledTo.some(({ state }) => state === "waiting")) return { word: "On the way", tone: "wait" };
  return { word: "Done", tone: "good" };
}

/** What came of one key, in a sentence. The forms of keys are those of engine/queue/keys.ts. */
export function ledToWords({ key, state, summary }: LedToView): string {
  if (summary !== undefined) return summary;
  if (state === "waiting") return "It is about to be looked at.";
  if (state === "failed") return "It failed without a message.";
  if (key.startsWith("poll:")) return "All that changed was looked for.";
  if (key.startsWith("children:")) return "What belongs to the contact was looked at.";
  return "Nothing had to be written.";
}

/** How it was proved who sent it. */
export function provedWords({ scheme }: Pick<DeliveryView, "scheme">): string {
  return scheme === "secret" ? "proved by the shared secret" : `signed (${scheme})`;
}

/** That it came more than once; empty where it did not. */
export function repeatWords({ repeats }: Pick<DeliveryView, "repeats">): string {
  return repeats === 0 ? "" : `came again ${counted(repeats, "time")} and was not counted twice`;
}
