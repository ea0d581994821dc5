import { fullNameOf } from "./contact.ts";
import type { StoredConversation, StoredMessage } from "./conversations.ts";
import type { Place } from "./place.ts";

/** How channels are named and numbered in answers. */
const TYPES: Readonly<Record<string, readonly [messageType: string, type: number]>> = {
  Call: ["TYPE_CALL", 1],
  SMS: ["TYPE_SMS", 2],
  Email: ["TYPE_EMAIL", 3],
  FB: ["TYPE_FACEBOOK", 11],
  IG: ["TYPE_INSTAGRAM", 18],
  WhatsApp: ["TYPE_WHATSAPP", 19],
  Live_Chat: ["TYPE_LIVE_CHAT", 29],
  Custom: ["TYPE_CUSTOM_SMS", 20],
  RCS: ["TYPE_RCS", 37],
  TIKTOK: ["TYPE_TIKTOK", 38],
};

/** The name of a channel in answers, `TYPE_SMS` for instance. */
export function messageTypeOf(channel: string): string {
  return TYPES[channel]?.[0] ?? `TYPE_${channel.toUpperCase()}`;
}

/** A row of the search. */
export function conversationRow(conversation: StoredConversation, place: Place) {
  const contact = place.book.contacts.get(conversation.contactId);
  const name = contact === undefined ? "" : fullNameOf(contact);
  const last = place.conversations.messagesOf(conversation.id).at(-1);
  return {
    id: conversation.id,
    contactId: conversation.contactId,
    locationId: place.location.id,
    lastMessageBody: last?.body ?? "",
    lastMessageType: last === undefined ? "TYPE_NO_SHOW" : messageTypeOf(last.channel),
    lastMessageDirection: last?.direction,
    lastMessageDate: last?.createdAt ?? conversation.createdAt,
    type: "TYPE_PHONE",
    unreadCount: conversation.unreadCount,
    starred: conversation.starred,
    inbox: conversation.inbox,
    assignedTo: conversation.assignedTo ?? undefined,
    fullName: name,
    contactName: name,
    email: contact?.email ?? null,
    phone: contact?.phone ?? null,
    tags: contact?.tags ?? [],
    dateAdded: conversation.createdAt,
    dateUpdated: conversation.updatedAt,
    sort: [sortValue(conversation, place)],
  };
}

/** When the last message came or went, by which conversations are sorted. */
export function sortValue(conversation: StoredConversation, { conversations }: Place): number {
  return conversations.messagesOf(conversation.id).at(-1)?.createdAt ?? conversation.createdAt;
}

/** A conversation as a direct read shows it. */
export function shownConversation(conversation: StoredConversation, place: Place) {
  const { id, contactId, assignedTo, unreadCount, inbox, starred } = conversation;
  return {
    id,
    contactId,
    locationId: place.location.id,
    assignedTo: assignedTo ?? undefined,
    deleted: false,
    inbox,
    starred,
    type: 1,
    unreadCount,
  };
}

/** A conversation as create and update show it. */
export function writtenConversation(conversation: StoredConversation, place: Place) {
  const last = place.conversations.messagesOf(conversation.id).at(-1);
  const lastAt = last?.createdAt ?? conversation.createdAt;
  return {
    ...shownConversation(conversation, place),
    lastMessageDate: new Date(lastAt).toISOString(),
    lastMessageBody: last?.body,
    lastMessageType: last === undefined ? undefined : messageTypeOf(last.channel),
    dateAdded: new Date(conversation.createdAt).toISOString(),
    dateUpdated: new Date(conversation.updatedAt).toISOString(),
  };
}

/** A message as lists and the direct read show it. */
export function shownMessage(message: StoredMessage, place: Place) {
  const [messageType, type] = TYPES[message.channel] ?? [messageTypeOf(message.channel), 0];
  return {
    id: message.id,
    type,
    messageType,
    locationId: place.location.id,
    contactId: message.contactId,
    conversationId: message.conversationId,
    dateAdded: new Date(message.createdAt).toISOString(),
    dateUpdated: new Date(message.updatedAt).toISOString(),
    body: message.body,
    direction: message.direction,
    status: message.status,
    contentType: message.isHtml ? "text/html" : "text/plain",
    attachments: message.attachments,
    ...(message.emailMessageId && {
      meta: { email: { messageIds: [message.emailMessageId], subject: message.subject, direction: message.direction } },
    }),
    source: message.source,
    userId: message.userId ?? undefined,
    conversationProviderId: message.conversationProviderId ?? undefined,
  };
}

/** An e-mail as the read by its own id shows it. */
export function shownEmail(message: StoredMessage, place: Place) {
  return {
    id: message.emailMessageId,
    threadId: message.conversationId,
    locationId: place.location.id,
    contactId: message.contactId,
    conversationId: message.conversationId,
    dateAdded: new Date(message.createdAt).toISOString(),
    subject: message.subject ?? "",
    body: message.body,
    direction: message.direction,
    status: message.status,
    contentType: message.isHtml ? "text/html" : "text/plain",
    attachments: message.attachments,
    from: message.from,
    to: message.to,
    source: message.source,
  };
}
