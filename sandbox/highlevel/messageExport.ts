import { type Check, type Checks, oneOf, requiredText, text, time } from "./check.ts";
import { shownMessage } from "./conversationPresent.ts";
import { CHANNELS, type StoredMessage } from "./conversations.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { queryOf } from "./rows.ts";

const LIMIT_MIN = 10;
const LIMIT_MAX = 500;

const limitText: Check = (name, value) => {
  const number = Number(value);
  if (!Number.isInteger(number)) return [`${name} must be a number conforming to the specified constraints`];
  if (number < LIMIT_MIN) return [`${name} must not be less than ${LIMIT_MIN}`];
  return number > LIMIT_MAX ? [`${name} must not be greater than ${LIMIT_MAX}`] : [];
};

const EXPORT_QUERY: Checks = {
  locationId: requiredText,
  limit: limitText,
  cursor: text,
  sortBy: oneOf(["createdAt", "updatedAt"]),
  sortOrder: oneOf(["asc", "desc"]),
  conversationId: text,
  contactId: text,
  channel: oneOf([...CHANNELS, "Call"]),
  startDate: time,
  endDate: time,
};

/** All messages of the location, a page at a time; the cursor names the last message of the page before. */
export function exportMessages(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, EXPORT_QUERY, ["locationId"]);
  const sortBy = query.sortBy === "updatedAt" ? "updatedAt" : "createdAt";
  const way = query.sortOrder === "asc" ? 1 : -1;
  const found = place.conversations.messages
    .all()
    .filter((message) => isWanted(message, query, sortBy))
    .sort((left, right) => (left[sortBy] - right[sortBy] || (left.id < right.id ? -1 : 1)) * way);
  const start = query.cursor ? placeAfter(found, query.cursor, sortBy, way) : 0;
  const limit = Number(query.limit ?? LIMIT_MIN);
  const page = found.slice(start, start + limit);
  const hasMore = start + limit < found.length;
  return {
    body: {
      messages: page.map((message) => shownMessage(message, place)),
      nextCursor: hasMore ? cursorOf(page.at(-1), sortBy) : null,
      total: found.length,
    },
  };
}

type SortBy = "createdAt" | "updatedAt";

function isWanted(message: StoredMessage, query: Readonly<Record<string, string>>, sortBy: SortBy): boolean {
  const at = message[sortBy];
  return (
    (!query.conversationId || message.conversationId === query.conversationId) &&
    (!query.contactId || message.contactId === query.contactId) &&
    (!query.channel || message.channel === query.channel) &&
    (!query.startDate || at >= Date.parse(query.startDate)) &&
    (!query.endDate || at <= Date.parse(query.endDate))
  );
}

function cursorOf(message: StoredMessage | undefined, sortBy: SortBy): string | null {
  if (message === undefined) return null;
  return Buffer.from(`${message[sortBy]} ${message.id}`).toString("base64url");
}

/** The place after a cursor, also when the message that it names has moved meanwhile. */
function placeAfter(found: readonly StoredMessage[], cursor: string, sortBy: SortBy, way: number): number {
  const [at = "", id = ""] = Buffer.from(cursor, "base64url").toString().split(" ");
  const next = found.findIndex((message) => {
    const compared = message[sortBy] - Number(at) || (message.id === id ? 0 : message.id < id ? -1 : 1);
    return compared * way > 0;
  });
  return next === -1 ? found.length : next;
}
