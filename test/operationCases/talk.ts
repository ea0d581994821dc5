import { expect } from "vitest";
import { type Bag, idIn, type OperationWorld } from "../operationWorld.ts";
import { goneFor, type OperationCase, only, seenBy, shows } from "./cases.ts";

const PROVIDER = "61d6d1f9cdac7612faf80753";
const one = (input: Bag) => only(input, "conversationId");
const inConversation = (_input: Bag, output: Bag) => only(output, "conversationId");
const holds = (seen: object) => ({ messages: expect.arrayContaining([expect.objectContaining(seen)]) });
const noMoreIds = async ({ make }: OperationWorld) => ({
  conversationProviderId: PROVIDER,
  conversationId: await make("conversationId"),
});

/** Conversations and messages. */
export const TALK: Readonly<Record<string, OperationCase>> = {
  "conversation.search": shows("conversationId"),
  "conversation.create": seenBy(
    "conversation.read",
    (_input, output) => ({ conversationId: idIn(output, "conversation") }),
    ({ contactId }) => ({ conversation: { contactId } }),
  ),
  "conversation.read": shows("conversationId"),
  "conversation.update": seenBy("conversation.read", one, () => ({ conversation: { unreadCount: 0, starred: true } })),
  "conversation.delete": goneFor("conversation.read"),
  "message.list": shows("messageId", {
    input: async ({ run, make }) => {
      const { message } = await run("message.read", { messageId: await make("messageId") });
      return only(Object(message), "conversationId");
    },
  }),
  "message.read": shows("messageId"),
  "message.export": shows("messageId"),
  "message.sendSms": seenBy("message.list", inConversation, ({ message }) =>
    holds({ body: message, direction: "outbound" }),
  ),
  "message.sendEmail": seenBy("message.list", inConversation, (_input, { messageId }) => holds({ id: messageId })),
  "message.send": seenBy("message.list", inConversation, ({ message }) => holds({ body: message })),
  "message.addInbound": {
    ...seenBy("message.list", one, ({ message }) => holds({ body: message, direction: "inbound" })),
    input: noMoreIds,
  },
  "message.cancelScheduled": {
    input: async ({ run, make }) => {
      const text = { contactId: await make("contactId"), message: "Until then.", scheduledTimestamp: 4_102_444_800 };
      return only(await run("message.sendSms", text), "messageId");
    },
    after: (world, input) =>
      expect(world.run("message.cancelScheduled", input)).rejects.toThrow(/not scheduled|not found/i),
  },
  "message.setStatus": seenBy(
    "message.read",
    (input) => only(input, "messageId"),
    ({ status }) => ({ message: { status } }),
  ),
};
