import { contentId, provedByAddress, type WebhookAdapter } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { answeredBy } from "./answer.ts";
import type { Settings } from "./settings.ts";
import { AnswerEvent } from "./wire.ts";

/** How Trustmary's webhooks are read: it tells of answers to surveys only, and signs nothing. */
export const webhooks: WebhookAdapter<Settings> = {
  verify: (request, { webhookSecret }) => provedByAddress(request, webhookSecret),
  parse: (body) => {
    const event = AnswerEvent.safeParse(body);
    if (!event.success) throw new Failure("rejected", "This is no notice of an answer from Trustmary.");
    const { answer, contact } = event.data;
    const occurredAt = Date.parse(answer.created_at ?? "");
    const parentId = answeredBy({ ...answer, contact: answer.contact ?? contact });
    return {
      type: "answer",
      account: answer.organization_id ?? "",
      // An answer may be told of when its first page is given and again when it is whole.
      deliveryId: contentId(body),
      ...(Number.isFinite(occurredAt) && { occurredAt }),
      refs: [{ resource: "note", externalId: answer.answer_id, ...(parentId !== undefined && { parentId }) }],
    };
  },
  isFor: ({ account }, { organizationId }) => account === "" || organizationId === "" || account === organizationId,
};
