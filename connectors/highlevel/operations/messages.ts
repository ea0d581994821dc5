import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import {
  Anything,
  ContactId,
  Count,
  Flag,
  id,
  optional,
  required,
  Succeeded,
  Text,
  Texts,
  Time,
  upTo,
} from "./shapes.ts";

const action = actionsOf({
  subject: "Messages",
  module: "conversations",
  scopes: { reads: "conversations/message.readonly", writes: "conversations/message.write" },
});

const Message = z.object({
  id: z.string(),
  messageType: Text,
  type: Text,
  direction: Text,
  status: Text,
  body: Text,
  contentType: Text,
  attachments: Texts,
  contactId: Text,
  conversationId: Text,
  conversationProviderId: Text,
  userId: Text,
  source: Text,
  meta: Anything,
  dateAdded: Time,
  locationId: Text,
});
const ONE = { messageId: id("Id of the message.") };
const Sent = {
  conversationId: Text,
  messageId: z.string(),
  emailMessageId: Text,
  message: Text,
};
const SENT_ALIASES = { message: ["msg", "message"] };
const Attachments = z.array(z.url()).optional().describe("Addresses of files to send along.");
const Scheduled = z.int().optional().describe("When to send it, epoch seconds; at once when left out.");
/** What a message may say, by whatever channel it goes. */
const CONTENT = {
  message: optional("What is said."),
  html: optional("Text with formatting, for e-mails."),
  subject: optional("Subject, for e-mails."),
  attachments: Attachments,
};
const EXAMPLE = {
  id: "GKBhT6BfwY9mjzXAU3sq",
  messageType: "SMS",
  direction: "outbound",
  status: "delivered",
  body: "See you on Tuesday.",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  conversationId: "tDtDnQdgm2LXpyiqYvZ6",
  dateAdded: "2026-03-06T10:00:00.000Z",
};
const SENT = { conversationId: EXAMPLE.conversationId, messageId: EXAMPLE.id };
const ONE_EXAMPLE = { messageId: EXAMPLE.id };

/** The list of a conversation's messages may stand one level deeper. */
function flattened(body: unknown): unknown {
  const nested = z.object({ messages: z.object({ messages: z.array(z.unknown()) }).loose() }).safeParse(body);
  return nested.success ? nested.data.messages : body;
}

/** Reading messages. */
export const messages = [
  action({
    id: "message.list",
    title: "List the messages of a conversation",
    description: "Lists the messages of one conversation, the latest first.",
    effect: "reads",
    method: "GET",
    path: "/conversations/{conversationId}/messages",
    input: {
      conversationId: id("Id of the conversation."),
      lastMessageId: id("The lastMessageId of the page before.").optional(),
      type: optional("Only of these types, with commas, such as TYPE_SMS."),
      limit: upTo(100),
    },
    reshape: flattened,
    output: { messages: z.array(Message), lastMessageId: Text, nextPage: Flag },
    example: {
      input: { conversationId: EXAMPLE.conversationId, limit: 20 },
      output: { messages: [EXAMPLE], lastMessageId: EXAMPLE.id, nextPage: false },
    },
  }),
  action({
    id: "message.read",
    title: "Read a message",
    description: "Shows one message.",
    effect: "reads",
    method: "GET",
    path: "/conversations/messages/{messageId}",
    input: ONE,
    output: { message: Message },
    bare: "message",
    example: { input: ONE_EXAMPLE, output: { message: EXAMPLE } },
  }),
  action({
    id: "message.export",
    title: "List all messages of the location",
    description: "Lists the messages of all conversations page by page, by the time they were sent or changed.",
    effect: "reads",
    method: "GET",
    path: "/conversations/messages/export",
    input: {
      limit: z.int().min(10).max(500).optional().describe("How many at most, 10 to 500."),
      cursor: optional("The next of the page before."),
      sortBy: z.enum(["createdAt", "updatedAt"]).optional().describe("What to sort by."),
      sortOrder: z.enum(["asc", "desc"]).optional().describe("Order."),
      channel: optional("Only of this channel, such as SMS."),
      contactId: id("Only of this contact.").optional(),
      conversationId: id("Only of this conversation.").optional(),
      startDate: optional("From, as 2026-03-01T00:00:00Z."),
      endDate: optional("Until, as 2026-03-31T00:00:00Z."),
    },
    fill: { locationId: "query" },
    output: { messages: z.array(Message), next: Text, total: Count },
    example: { input: { limit: 100 }, output: { messages: [EXAMPLE], total: 1 } },
  }),
];

/** Sending messages, and telling of those that went another way. */
export const sending = [
  action({
    id: "message.sendSms",
    title: "Send a text message",
    description: "Sends an SMS to one contact; it reaches a real person and costs money.",
    effect: "creates",
    method: "POST",
    path: "/conversations/messages",
    input: {
      contactId: ContactId,
      message: required("What to send."),
      attachments: Attachments,
      fromNumber: optional("Number to send from."),
      toNumber: optional("Number to send to, where the contact has several."),
      scheduledTimestamp: Scheduled,
    },
    constant: { type: "SMS" },
    output: Sent,
    aliases: SENT_ALIASES,
    example: { input: { contactId: EXAMPLE.contactId, message: EXAMPLE.body }, output: SENT },
  }),
  action({
    id: "message.sendEmail",
    title: "Send an e-mail",
    description: "Sends an e-mail to one contact; it reaches a real person.",
    effect: "creates",
    method: "POST",
    path: "/conversations/messages",
    input: {
      contactId: ContactId,
      subject: required("Subject."),
      html: optional("Text with formatting."),
      message: optional("Plain text."),
      emailFrom: optional("Address to send from."),
      emailTo: optional("Address to send to, where the contact has several."),
      emailCc: z.array(z.email()).optional().describe("Who gets a copy."),
      emailBcc: z.array(z.email()).optional().describe("Who gets a copy unseen."),
      attachments: Attachments,
      templateId: id("Id of the template to use.").optional(),
      replyMessageId: id("Id of the message that it answers.").optional(),
      scheduledTimestamp: Scheduled,
    },
    constant: { type: "Email" },
    output: Sent,
    aliases: SENT_ALIASES,
    example: {
      input: { contactId: EXAMPLE.contactId, subject: "Your visit", html: "<p>See you on Tuesday.</p>" },
      output: { ...SENT, emailMessageId: "Yh5kQ3mN7pR1tV9xZ2bD" },
    },
  }),
  action({
    id: "message.send",
    title: "Send a message by any channel",
    description: "Sends a message to one contact by the channel that is named; it reaches a real person.",
    effect: "creates",
    method: "POST",
    path: "/conversations/messages",
    input: {
      type: z
        .enum(["SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK"])
        .describe("By which channel."),
      contactId: ContactId,
      ...CONTENT,
      conversationProviderId: id("Id of the provider, for custom channels.").optional(),
      templateId: id("Id of the template to use.").optional(),
      scheduledTimestamp: Scheduled,
    },
    output: Sent,
    aliases: SENT_ALIASES,
    example: { input: { type: "SMS", contactId: EXAMPLE.contactId, message: EXAMPLE.body }, output: SENT },
  }),
  action({
    id: "message.addInbound",
    title: "Add a message that a contact sent",
    description: "Puts a message that came another way into a conversation, as one from the contact.",
    effect: "creates",
    method: "POST",
    path: "/conversations/messages/inbound",
    input: {
      type: z
        .enum(["SMS", "Email", "WhatsApp", "GMB", "IG", "FB", "Custom", "WebChat", "Live_Chat", "Call"])
        .describe("Of which kind."),
      conversationId: id("Id of the conversation."),
      conversationProviderId: id("Id of the provider."),
      contactId: ContactId,
      ...CONTENT,
    },
    output: { ...Sent, messageId: z.string() },
    aliases: SENT_ALIASES,
    example: {
      input: {
        type: "SMS",
        conversationId: EXAMPLE.conversationId,
        conversationProviderId: "61d6d1f9cdac7612faf80753",
        contactId: EXAMPLE.contactId,
        message: "On Tuesday?",
      },
      output: SENT,
    },
  }),
  action({
    id: "message.setStatus",
    title: "Set the state of a message",
    description: "Tells what became of a message that another provider sent.",
    effect: "changes",
    method: "PUT",
    path: "/conversations/messages/{messageId}/status",
    input: {
      ...ONE,
      status: z.enum(["delivered", "failed", "pending", "read"]).describe("What became of it."),
      emailMessageId: optional("Id of the e-mail."),
      recipients: z.array(z.string()).optional().describe("Whom it is about."),
    },
    output: Succeeded,
    example: { input: { ...ONE_EXAMPLE, status: "delivered" }, output: { succeeded: true } },
  }),
  action({
    id: "message.cancelScheduled",
    title: "Cancel a scheduled message",
    description: "Keeps a message that was to be sent later from going out.",
    effect: "deletes",
    method: "DELETE",
    path: "/conversations/messages/{messageId}/schedule",
    input: ONE,
    output: { status: Count, message: Text },
    example: { input: ONE_EXAMPLE, output: { status: 200, message: "Message schedule cancelled" } },
  }),
];
