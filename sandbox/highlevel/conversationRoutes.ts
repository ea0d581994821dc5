import { matchesQuery } from "../control/desk.ts";
import { type Checks, count, countText, flag, object, oneOf, requiredText, text } from "./check.ts";
import { fullNameOf } from "./contact.ts";
import {
  conversationRow,
  messageTypeOf,
  shownConversation,
  sortValue,
  writtenConversation,
} from "./conversationPresent.ts";
import type { StoredConversation } from "./conversations.ts";
import { seenIn } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row } from "./rows.ts";

/** The conversations of section 2.8 of the contract sheet; their messages have a table of their own. */
export const CONVERSATION_OPERATIONS: readonly Row[] = [
  ["GET", "/conversations/search", "conversations.readonly", searchConversations],
  ["POST", "/conversations/", "conversations.write", createConversation],
  ["GET", "/conversations/:conversationId", "conversations.readonly", readConversation],
  ["PUT", "/conversations/:conversationId", "conversations.write", updateConversation],
  ["DELETE", "/conversations/:conversationId", "conversations.write", deleteConversation],
];

const SEARCH_QUERY: Checks = {
  locationId: requiredText,
  contactId: text,
  assignedTo: text,
  followers: text,
  mentions: text,
  query: text,
  sort: oneOf(["asc", "desc"]),
  startAfterDate: countText,
  id: text,
  limit: countText,
  lastMessageType: text,
  lastMessageAction: oneOf(["automated", "manual"]),
  lastMessageDirection: oneOf(["inbound", "outbound"]),
  status: oneOf(["all", "read", "unread", "starred", "recents"]),
  sortBy: oneOf(["last_manual_message_date", "last_message_date", "score_profile"]),
  sortScoreProfile: text,
  scoreProfile: text,
  scoreProfileMin: countText,
  scoreProfileMax: countText,
  startDate: countText,
  endDate: countText,
};

const LIMIT_MAX = 100;

/** Sorted by the last message, the newest first unless said otherwise; continued after the `sort` of the last row. */
function searchConversations(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, SEARCH_QUERY, ["locationId"]);
  const limit = Number(query.limit ?? 20);
  if (limit < 1 || limit > LIMIT_MAX) throw place.refusals.invalid([`limit must not be greater than ${LIMIT_MAX}`]);
  const isAscending = query.sort === "asc";
  const found = place.conversations.conversations
    .all()
    .map((conversation) => seenIn(place.conversations.conversations, conversation, visit))
    .filter((conversation) => isWanted(conversation, query, place))
    .sort((left, right) => (sortValue(left, place) - sortValue(right, place)) * (isAscending ? 1 : -1));
  const after = query.startAfterDate === undefined ? undefined : Number(query.startAfterDate);
  const left = found.filter((conversation) => {
    const at = sortValue(conversation, place);
    return after === undefined || (isAscending ? at > after : at < after);
  });
  const conversations = left.slice(0, limit).map((conversation) => conversationRow(conversation, place));
  return { body: { conversations, total: found.length } };
}

function isWanted(conversation: StoredConversation, query: Readonly<Record<string, string>>, place: Place): boolean {
  const contact = place.book.contacts.get(conversation.contactId);
  const last = place.conversations.messagesOf(conversation.id).at(-1);
  const assignees = query.assignedTo?.split(",");
  return (
    (!query.contactId || conversation.contactId === query.contactId) &&
    (!query.id || conversation.id === query.id) &&
    (assignees === undefined || assignees.includes(conversation.assignedTo ?? "unassigned")) &&
    isOfStatus(conversation, query.status) &&
    (!query.startDate || sortValue(conversation, place) >= Number(query.startDate)) &&
    (!query.endDate || sortValue(conversation, place) <= Number(query.endDate)) &&
    (!query.lastMessageType || (last !== undefined && messageTypeOf(last.channel) === query.lastMessageType)) &&
    (!query.lastMessageDirection || last?.direction === query.lastMessageDirection) &&
    matchesQuery(query.query ?? "", [contact && fullNameOf(contact), contact?.email, contact?.phone])
  );
}

function isOfStatus({ unreadCount, starred }: StoredConversation, status = "all"): boolean {
  switch (status) {
    case "read":
      return unreadCount === 0;
    case "unread":
      return unreadCount > 0;
    case "starred":
      return starred;
    default:
      return true;
  }
}

/** A contact has one conversation; a second is refused and names the first. */
function createConversation(visit: Visit, place: Place): Answer {
  const { contactId } = bodyOf(visit, place, { locationId: requiredText, contactId: requiredText }, [
    "locationId",
    "contactId",
  ]);
  const contact = place.writer.demand(String(contactId));
  const known = place.conversations.ofContact(contact.id);
  if (known !== undefined) {
    throw place.refusals.bad("Conversation already exists", { conversationId: known.id });
  }
  const conversation = place.conversations.open(contact.id);
  return { status: 201, body: { success: true, conversation: writtenConversation(conversation, place) } };
}

function readConversation(visit: Visit, place: Place): Answer {
  const conversation = seenIn(place.conversations.conversations, conversationOf(visit, place), visit);
  return { body: shownConversation(conversation, place) };
}

const UPDATE_BODY: Checks = { locationId: requiredText, unreadCount: count, starred: flag, feedback: object };

function updateConversation(visit: Visit, place: Place): Answer {
  const conversation = conversationOf(visit, place);
  const given = bodyOf(visit, place, UPDATE_BODY, ["locationId"]);
  const changed = place.conversations.change(conversation, {
    ...(typeof given.unreadCount === "number" && { unreadCount: given.unreadCount }),
    ...(typeof given.starred === "boolean" && { starred: given.starred }),
  });
  return { body: { success: true, conversation: writtenConversation(changed, place) } };
}

function deleteConversation(visit: Visit, place: Place): Answer {
  place.conversations.remove(conversationOf(visit, place));
  return { body: { success: true } };
}

/** The conversation that a path names. @throws Refusal when there is none. */
export function conversationOf({ params: { conversationId = "" } }: Visit, place: Place): StoredConversation {
  const conversation = place.conversations.conversations.get(conversationId);
  if (conversation === undefined) throw missing(place, "Conversation", conversationId);
  return conversation;
}
