import { contentId, provedByAddress, type WebhookAdapter } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Settings } from "./settings.ts";
import { Event } from "./wire.ts";

/** The events that Trint tells of. Source: dev.trint.com/reference/events. */
export const EVENTS = ["TRANSCRIPT_COMPLETE", "TRANSCRIPT_VERIFIED", "TRANSCRIPT_NEW_VERSION"] as const;

/** How Trint's callbacks are read. They are unsigned, and name neither an account nor a delivery. */
export const webhooks: WebhookAdapter<Settings> = {
  verify: (request, { webhookSecret }) => provedByAddress(request, webhookSecret),
  parse: (body) => {
    const event = Event.safeParse(body);
    if (!event.success) throw new Failure("rejected", "This is no notice of a transcript from Trint.");
    const { eventType, transcriptId } = event.data;
    return {
      type: eventType,
      account: "",
      // A transcript is complete once. A later version is told of in the same words each time, and is read each time.
      deliveryId: eventType === "TRANSCRIPT_COMPLETE" ? contentId([eventType, transcriptId]) : "",
      refs: [{ resource: "note", externalId: transcriptId }],
    };
  },
  isFor: () => true,
};
