import { contentId, provedByAddress, type WebhookAdapter } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Settings } from "./settings.ts";
import { Events } from "./wire.ts";

/** How Trustpilot's webhooks are read: they tell of reviews, carry no address of whoever wrote them, and are unsigned. */
export const webhooks: WebhookAdapter<Settings> = {
  verify: (request, { webhookSecret }) => provedByAddress(request, webhookSecret),
  parse: (body) => {
    const parsed = Events.safeParse(body);
    if (!parsed.success) throw new Failure("rejected", "This is no notice of a review from Trustpilot.");
    const { events } = parsed.data;
    const ids = [...new Set(events.map(({ eventData }) => eventData.id))];
    return {
      type: [...new Set(events.map(({ eventName }) => eventName))].join(", "),
      account: "",
      deliveryId: contentId(body),
      refs: ids.map((externalId) => ({ resource: "note", externalId })),
    };
  },
  isFor: () => true,
};
