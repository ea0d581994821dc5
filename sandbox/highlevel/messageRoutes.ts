import { type Checks, countText, flag, number, object, oneOf, requiredText, text, texts, time } from "./check.ts";
import type { StoredContact } from "./contact.ts";
import { messageTypeOf, shownEmail, shownMessage } from "./conversationPresent.ts";
import { conversationOf } from "./conversationRoutes.ts";
import { CHANNELS, type NewMessage, type StoredMessage } from "./conversations.ts";
import { seenIn } from "./drawer.ts";
import { OFFICE } from "./locationRoutes.ts";
import { exportMessages } from "./messageExport.ts";
import type { Place } from "./place.ts";
import type { Answer, RouteOptions, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";

const V3: RouteOptions = { only: "v3" };

/** The messages of section 2.8 of the contract sheet. */
export const MESSAGE_OPERATIONS: readonly Row[] = [
  ["GET", "/conversations/:conversationId/messages", "conversations/message.readonly", listMessages],
  ["GET", "/conversations/messages/export", "conversations/message.readonly", exportMessages],
  ["GET", "/conversations/messages/:messageId", "conversations/message.readonly", readMessage],
  ["GET", "/conversations/messages/email/:emailMessageId", "conversations/message.readonly", readEmail],
  ["POST", "/conversations/messages", "conversations/message.write", sendMessage],
  ["POST", "/conversations/messages/inbound", "conversations/message.write", takeInbound],
  ["POST", "/conversations/messages/outbound", "conversations/message.write", takeOutbound],
  ["PUT", "/conversations/messages/:messageId/status", "conversations/message.write", setStatus],
  ["PUT", "/conversations/messages/email/:emailMessageId/status", "conversations/message.write", setEmailStatus, V3],
  ["DELETE", "/conversations/messages/:messageId/schedule", "conversations/message.write", cancelMessage],
  ["DELETE", "/conversations/messages/email/:emailMessageId/schedule", "conversations/message.write", cancelEmail],
];

const LIST_QUERY: Checks = { lastMessageId: text, limit: countText, type: text };

/** Newest first, continued after the last message of the page before. */
function listMessages(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, LIST_QUERY);
  const { messages: drawer } = place.conversations;
  const types = query.type?.split(",");
  const all = place.conversations
    .messagesOf(conversationOf(visit, place).id)
    .filter(({ channel }) => types === undefined || types.includes(messageTypeOf(channel)))
    .reverse();
  const start = query.lastMessageId ? all.findIndex(({ id }) => id === query.lastMessageId) + 1 : 0;
  const limit = Math.min(Number(query.limit ?? 20), 100);
  const page = all.slice(start, start + limit);
  const listed = {
    lastMessageId: page.at(-1)?.id ?? "",
    nextPage: start + limit < all.length,
    messages: page.map((message) => shownMessage(seenIn(drawer, message, visit), place)),
  };
  return { body: place.quirks().messageListAs === "flat" ? listed : { messages: listed } };
}

function readMessage(visit: Visit, place: Place): Answer {
  const message = seenIn(place.conversations.messages, messageOf(visit, place), visit);
  const shown = shownMessage(message, place);
  return { body: place.quirks().messageReadAs === "bare" ? shown : { message: shown } };
}

function readEmail(visit: Visit, place: Place): Answer {
  return { body: shownEmail(emailOf(visit, place), place) };
}

const channel = oneOf(CHANNELS);

const SEND_BODY: Checks = {
  type: channel,
  subType: text,
  contactId: requiredText,
  appointmentId: text,
  attachments: texts,
  emailFrom: text,
  emailCc: texts,
  emailBcc: texts,
  html: text,
  message: text,
  subject: text,
  replyMessageId: text,
  templateId: text,
  threadId: text,
  scheduledTimestamp: number,
  conversationProviderId: text,
  emailTo: text,
  customSubtypeId: text,
  emailReplyMode: oneOf(["reply", "reply_all"]),
  fromNumber: text,
  toNumber: text,
  forward: object,
  status: text,
  usesNativeSchedulingAi: flag,
  optimizationPeriod: text,
};

type Given = Readonly<Record<string, unknown>>;

/** Sends at once, or later where a time is said, in seconds. A contact who does not want to be disturbed gets none. */
function sendMessage(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, SEND_BODY, ["type", "contactId"]);
  const contact = place.writer.demand(String(given.contactId));
  refuseUnsendable(given, contact, place);
  const message = place.conversations.add({
    ...contentOf(given, contact, "outbound"),
    status: given.scheduledTimestamp ? "scheduled" : "sent",
    scheduledFor: typeof given.scheduledTimestamp === "number" ? given.scheduledTimestamp * 1_000 : null,
  });
  return {
    status: Number(place.quirks().sendStatus),
    body: {
      conversationId: message.conversationId,
      messageId: message.id,
      ...(message.emailMessageId && { emailMessageId: message.emailMessageId }),
      ...(message.scheduledFor === null ? {} : { msg: "Message scheduled." }),
    },
  };
}

function refuseUnsendable(given: Given, contact: StoredContact, { refusals }: Place): void {
  const isEmail = given.type === "Email";
  const attachments = Array.isArray(given.attachments) ? given.attachments : [];
  if (isEmail && !contact.email && !given.emailTo) throw refusals.bad("Contact has no email address");
  if (given.type === "SMS" && !contact.phone && !given.toNumber) throw refusals.bad("Contact has no phone number");
  const isEmpty = !given.message && !given.html && attachments.length === 0 && !given.templateId;
  if (isEmpty) throw refusals.bad("There is no message or attachments for this message. Skip sending.");
  if (contact.dnd || isRefused(contact.dndSettings[String(given.type)])) {
    throw refusals.bad(`Cannot send message as DND is active for ${String(given.type)}.`);
  }
}

function isRefused(setting: unknown): boolean {
  const status = typeof setting === "object" && setting !== null && "status" in setting ? setting.status : undefined;
  return status === "active" || status === "permanent";
}

function contentOf(given: Given, contact: StoredContact, direction: NewMessage["direction"]): NewMessage {
  const textOf = (name: string) => (typeof given[name] === "string" && given[name] !== "" ? String(given[name]) : null);
  const isEmail = given.type === "Email";
  const own = isEmail ? OFFICE.email : OFFICE.phone;
  const theirs = textOf("emailTo") ?? textOf("toNumber") ?? (isEmail ? contact.email : contact.phone) ?? "";
  const from = textOf("emailFrom") ?? textOf("fromNumber") ?? own;
  return {
    contactId: contact.id,
    channel: String(given.type),
    direction,
    body: textOf("html") ?? textOf("message") ?? "",
    subject: textOf("subject"),
    isHtml: isEmail,
    status: direction === "inbound" ? "delivered" : "sent",
    attachments: Array.isArray(given.attachments) ? given.attachments.map(String) : [],
    userId: null,
    source: "api",
    conversationProviderId: textOf("conversationProviderId"),
    from: direction === "inbound" ? theirs : from,
    to: direction === "inbound" ? [own] : [theirs],
    scheduledFor: null,
  };
}

const INBOUND_BODY: Checks = {
  type: oneOf([...CHANNELS, "Call"]),
  attachments: texts,
  message: text,
  conversationId: requiredText,
  contactId: text,
  conversationProviderId: requiredText,
  html: text,
  subject: text,
  emailFrom: text,
  emailTo: text,
  emailCc: texts,
  emailBcc: texts,
  emailMessageId: text,
  altId: text,
  direction: object,
  date: time,
  call: object,
};

/** Puts in a message that came in over an app's own provider. */
function takeInbound(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, INBOUND_BODY, ["type", "conversationId", "conversationProviderId"]);
  const id = String(given.conversationId);
  const conversation = place.conversations.conversations.get(id);
  if (conversation === undefined) throw missing(place, "Conversation", id);
  const contact = place.writer.demand(String(given.contactId ?? conversation.contactId));
  const at = typeof given.date === "string" ? Date.parse(given.date) : place.now();
  const message = place.conversations.add(contentOf(given, contact, "inbound"), at);
  return {
    body: {
      success: true,
      conversationId: message.conversationId,
      messageId: message.id,
      message: message.body,
      contactId: message.contactId,
      dateAdded: new Date(message.createdAt).toISOString(),
      ...(message.emailMessageId && { emailMessageId: message.emailMessageId }),
    },
  };
}

const OUTBOUND_BODY: Checks = {
  type: oneOf(["Call"]),
  attachments: texts,
  conversationId: requiredText,
  conversationProviderId: requiredText,
  altId: text,
  date: time,
  call: object,
};

/** Notes a call that was made over an app's own provider. */
function takeOutbound(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, OUTBOUND_BODY, ["type", "conversationId", "conversationProviderId"]);
  const id = String(given.conversationId);
  const conversation = place.conversations.conversations.get(id);
  if (conversation === undefined) throw missing(place, "Conversation", id);
  const contact = place.writer.demand(conversation.contactId);
  const at = typeof given.date === "string" ? Date.parse(given.date) : place.now();
  const message = place.conversations.add(contentOf(given, contact, "outbound"), at);
  return { body: { success: true, conversationId: id, messageId: message.id, message: "Call noted" } };
}

/** The states that an app's own provider may report. */
const STATUSES = ["delivered", "failed", "pending", "read"];

const STATUS_BODY: Checks = { status: oneOf(STATUSES), error: object, emailMessageId: text, recipients: texts };

function setStatus(visit: Visit, place: Place): Answer {
  return withStatus(messageOf(visit, place), visit, place);
}

function setEmailStatus(visit: Visit, place: Place): Answer {
  return withStatus(emailOf(visit, place), visit, place);
}

function withStatus(known: StoredMessage, visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, STATUS_BODY, ["status"]);
  const message = place.conversations.setStatus(known, String(given.status));
  return {
    body: {
      conversationId: message.conversationId,
      messageId: message.id,
      ...(message.emailMessageId && { emailMessageId: message.emailMessageId }),
    },
  };
}

function cancelMessage(visit: Visit, place: Place): Answer {
  return cancelled(messageOf(visit, place), place);
}

function cancelEmail(visit: Visit, place: Place): Answer {
  return cancelled(emailOf(visit, place), place);
}

function cancelled(message: StoredMessage, { conversations, refusals }: Place): Answer {
  if (message.scheduledFor === null) throw refusals.bad("Message is not scheduled");
  conversations.cancel(message);
  return { body: { status: 200, message: "Message schedule cancelled" } };
}

function messageOf({ params: { messageId = "" } }: Visit, place: Place): StoredMessage {
  const message = place.conversations.messages.get(messageId);
  if (message === undefined) throw missing(place, "Message", messageId);
  return message;
}

function emailOf({ params: { emailMessageId = "" } }: Visit, place: Place): StoredMessage {
  const message = place.conversations.messages.all().find((one) => one.emailMessageId === emailMessageId);
  if (message === undefined) throw missing(place, "Email message", emailMessageId);
  return message;
}
