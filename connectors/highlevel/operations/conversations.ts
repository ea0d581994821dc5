import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, ContactId, Count, Flag, id, optional, Succeeded, Text, Time, upTo } from "./shapes.ts";

const action = actionsOf({
  subject: "Conversations",
  module: "conversations",
  scopes: { reads: "conversations.readonly", writes: "conversations.write" },
});

const Conversation = z.object({
  id: z.string(),
  contactId: Text,
  locationId: Text,
  type: Text,
  fullName: Text,
  contactName: Text,
  email: Text,
  phone: Text,
  lastMessageBody: Text,
  lastMessageType: Text,
  lastMessageDate: Time,
  lastMessageDirection: Text,
  unreadCount: Count,
  starred: Flag,
  inbox: Flag,
  deleted: Flag,
  assignedTo: Text,
  feedback: Anything,
  dateAdded: Time,
  dateUpdated: Time,
});
const ONE = { conversationId: id("Id of the conversation.") };
const EXAMPLE = {
  id: "tDtDnQdgm2LXpyiqYvZ6",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  locationId: "ve9EPM428h8vShlRW1KT",
  unreadCount: 1,
};
const ONE_EXAMPLE = { conversationId: EXAMPLE.id };

/** Conversations: one for each contact. */
export const conversations = [
  action({
    id: "conversation.search",
    title: "Search conversations",
    description: "Finds conversations by contact, text or state, the latest first.",
    effect: "reads",
    method: "GET",
    path: "/conversations/search",
    input: {
      contactId: id("Only of this contact.").optional(),
      assignedTo: id("Only of this user.").optional(),
      query: optional("Part of a name, e-mail or phone."),
      status: z.enum(["all", "read", "unread", "starred", "recents"]).optional().describe("Only in this state."),
      lastMessageType: optional("Only those whose last message is of this type, such as TYPE_SMS."),
      sort: z.enum(["asc", "desc"]).optional().describe("Order."),
      sortBy: z
        .enum(["last_manual_message_date", "last_message_date", "score_profile"])
        .optional()
        .describe("What to sort by."),
      startAfterDate: z.number().optional().describe("Go on behind this moment, epoch milliseconds."),
      limit: upTo(100),
    },
    fill: { locationId: "query" },
    output: { conversations: z.array(Conversation), total: Count },
    example: { input: { limit: 20 }, output: { conversations: [EXAMPLE], total: 1 } },
  }),
  action({
    id: "conversation.create",
    title: "Create a conversation",
    description: "Begins the conversation of a contact; a contact has one at most.",
    effect: "creates",
    method: "POST",
    path: "/conversations/",
    input: { contactId: ContactId },
    fill: { locationId: "body" },
    output: { conversation: Conversation },
    example: { input: { contactId: EXAMPLE.contactId }, output: { conversation: { ...EXAMPLE, unreadCount: 0 } } },
  }),
  action({
    id: "conversation.read",
    title: "Read a conversation",
    description: "Shows one conversation, without its messages.",
    effect: "reads",
    method: "GET",
    path: "/conversations/{conversationId}",
    input: ONE,
    output: { conversation: Conversation },
    bare: "conversation",
    example: { input: ONE_EXAMPLE, output: { conversation: EXAMPLE } },
  }),
  action({
    id: "conversation.update",
    title: "Mark a conversation",
    description: "Sets how many messages of one conversation are unread, and whether it is starred.",
    effect: "changes",
    method: "PUT",
    path: "/conversations/{conversationId}",
    input: {
      ...ONE,
      unreadCount: z.int().min(0).optional().describe("How many messages are unread."),
      starred: z.boolean().optional().describe("Whether it is starred."),
    },
    fill: { locationId: "body" },
    output: { conversation: Conversation },
    bare: "conversation",
    example: {
      input: { ...ONE_EXAMPLE, unreadCount: 0, starred: true },
      output: { conversation: { ...EXAMPLE, unreadCount: 0, starred: true } },
    },
  }),
  action({
    id: "conversation.delete",
    title: "Delete a conversation",
    description: "Deletes one conversation with its messages.",
    effect: "deletes",
    method: "DELETE",
    path: "/conversations/{conversationId}",
    input: ONE,
    output: Succeeded,
    example: { input: ONE_EXAMPLE, output: { succeeded: true } },
  }),
];
