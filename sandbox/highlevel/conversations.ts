import { opaqueId } from "../random.ts";
import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** The ways a message can go. */
export const CHANNELS = ["SMS", "RCS", "Email", "WhatsApp", "IG", "FB", "Custom", "Live_Chat", "TIKTOK"] as const;

/** A conversation, as it is stored: one per contact. Times are epoch milliseconds. */
export type StoredConversation = {
  readonly id: string;
  readonly contactId: string;
  readonly assignedTo: string | null;
  readonly unreadCount: number;
  readonly starred: boolean;
  readonly inbox: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** A message, as it is stored. */
export type StoredMessage = {
  readonly id: string;
  readonly conversationId: string;
  readonly contactId: string;
  /** One of `CHANNELS`. */
  readonly channel: string;
  readonly direction: "inbound" | "outbound";
  readonly body: string;
  readonly subject: string | null;
  readonly isHtml: boolean;
  readonly status: string;
  readonly attachments: readonly string[];
  readonly userId: string | null;
  readonly source: string;
  readonly conversationProviderId: string | null;
  readonly emailMessageId: string | null;
  readonly from: string | null;
  readonly to: readonly string[];
  /** When it is to go out; `null` when at once. */
  readonly scheduledFor: number | null;
  readonly createdAt: number;
  readonly updatedAt: number;
};

/** What makes a message, before it has an id and times. */
export type NewMessage = Omit<StoredMessage, "id" | "createdAt" | "updatedAt" | "conversationId" | "emailMessageId">;

/** The conversations of one location, with their messages. Every change sends its events. */
export type Conversations = {
  readonly conversations: Drawer<StoredConversation>;
  readonly messages: Drawer<StoredMessage>;
  readonly ofContact: (contactId: string) => StoredConversation | undefined;
  /** The messages of a conversation, oldest first. */
  readonly messagesOf: (conversationId: string) => StoredMessage[];
  /** The contact's conversation, begun where there is none. */
  readonly open: (contactId: string) => StoredConversation;
  readonly change: (
    conversation: StoredConversation,
    change: Partial<Pick<StoredConversation, "unreadCount" | "starred">>,
  ) => StoredConversation;
  readonly remove: (conversation: StoredConversation) => void;
  /** Adds a message to its contact's conversation; one that came in makes it unread. */
  readonly add: (message: NewMessage, addedAt?: number) => StoredMessage;
  readonly setStatus: (message: StoredMessage, status: string) => StoredMessage;
  /** Takes back a message that has not gone out yet. */
  readonly cancel: (message: StoredMessage) => void;
  /** What one contact wrote and got becomes another's. Nobody is told. */
  readonly handOver: (fromId: string, toId: string) => void;
  readonly clear: () => void;
};

/** Makes a location's conversations: none at first. */
export function createConversations({ now, timetable, random, tell }: Stand): Conversations {
  const conversations = createDrawer<StoredConversation>();
  const messages = createDrawer<StoredMessage>();

  const ofContact = (contactId: string) => conversations.all().find((one) => one.contactId === contactId);
  const messagesOf = (conversationId: string) =>
    messages
      .all()
      .filter((message) => message.conversationId === conversationId)
      .sort(byAge);

  const open = (contactId: string): StoredConversation => {
    const at = now();
    const blank = { assignedTo: null, unreadCount: 0, starred: false, inbox: true, createdAt: at, updatedAt: at };
    return ofContact(contactId) ?? conversations.put({ ...blank, id: opaqueId(random, 20), contactId });
  };

  const tellUnread = (conversation: StoredConversation, deleted = false) => {
    const { id, contactId, unreadCount, inbox, starred } = conversation;
    tell("ConversationUnreadUpdate", { id, contactId, unreadCount, inbox, starred, deleted }, contactId);
  };

  const change: Conversations["change"] = (conversation, moved) => {
    const changed = conversations.put({ ...conversation, ...moved, updatedAt: now() });
    if (changed.unreadCount !== conversation.unreadCount) tellUnread(changed);
    return changed;
  };

  const tellOf = (message: StoredMessage) => tell(eventType(message), messageEvent(message), message.contactId);

  /** Sends what was to go out later, unless it was taken back. */
  const release = (id: string): void => {
    const message = messages.get(id);
    if (message === undefined || message.scheduledFor === null) return;
    tellOf(messages.put({ ...message, status: "sent", scheduledFor: null, updatedAt: now() }));
  };

  const add: Conversations["add"] = (message, addedAt = now()) => {
    const conversation = open(message.contactId);
    const added = messages.put({
      ...message,
      id: opaqueId(random, 20),
      conversationId: conversation.id,
      emailMessageId: message.channel === "Email" ? opaqueId(random, 20) : null,
      createdAt: addedAt,
      updatedAt: addedAt,
    });
    if (message.scheduledFor === null) tellOf(added);
    else timetable.at(message.scheduledFor, () => release(added.id));
    change(conversation, message.direction === "inbound" ? { unreadCount: conversation.unreadCount + 1 } : {});
    return added;
  };

  return {
    conversations,
    messages,
    ofContact,
    messagesOf,
    open,
    change,
    add,
    remove: (conversation) => {
      for (const { id } of messagesOf(conversation.id)) messages.remove(id);
      conversations.remove(conversation.id);
      tellUnread(conversation, true);
    },
    setStatus: (message, status) => messages.put({ ...message, status, updatedAt: now() }),
    cancel: (message) => void messages.remove(message.id),
    handOver: (fromId, toId) => {
      const old = ofContact(fromId);
      if (old === undefined) return;
      const conversation = ofContact(toId) ?? conversations.put({ ...old, contactId: toId });
      for (const message of messagesOf(old.id)) {
        messages.put({ ...message, contactId: toId, conversationId: conversation.id });
      }
      if (conversation.id !== old.id) conversations.remove(old.id);
    },
    clear: () => {
      conversations.clear();
      messages.clear();
    },
  };
}

function byAge(left: StoredMessage, right: StoredMessage): number {
  return left.createdAt - right.createdAt;
}

function eventType({ direction }: StoredMessage): string {
  return direction === "inbound" ? "InboundMessage" : "OutboundMessage";
}

function messageEvent(message: StoredMessage) {
  const { attachments, body, contactId, conversationId, direction, status, conversationProviderId, userId } = message;
  return {
    attachments,
    body,
    contactId,
    contentType: message.isHtml ? "text/html" : "text/plain",
    conversationId,
    dateAdded: new Date(message.createdAt).toISOString(),
    direction,
    messageType: message.channel,
    status,
    messageId: message.id,
    conversationProviderId: conversationProviderId ?? undefined,
    userId: userId ?? undefined,
    source: message.source,
    ...(message.channel === "Email" && emailEvent(message)),
  };
}

function emailEvent({ from, to, subject, conversationId, emailMessageId }: StoredMessage) {
  return { from, to, subject, threadId: conversationId, emailMessageId };
}
