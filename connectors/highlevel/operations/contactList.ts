import { z } from "zod";
import {
  type Action,
  type HttpAnswer,
  type HttpRequest,
  readAnswer,
  type Session,
  withoutNulls,
} from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import { about } from "../calls.ts";
import type { Settings } from "../settings.ts";
import { ContactRow, EXAMPLE_CONTACT } from "./contactShapes.ts";
import { DIALECT, type Generation, sourceOf } from "./dialect.ts";
import { optional } from "./shapes.ts";

/**
 * One reader before HighLevel's two lists of contacts: the search, and the older list, which is marked as going away but
 * answers still. Both give pages of the newest contacts first, and a cursor that says by itself which list it is of.
 */

const BY = ["search", "list"] as const;
const PAGE_LIMIT = 100;

const Input = z.strictObject({
  query: optional("Part of a name, e-mail or phone."),
  limit: z.int().min(1).max(PAGE_LIMIT).default(PAGE_LIMIT).describe(`How many at most, up to ${PAGE_LIMIT}.`),
  cursor: optional("The next of the page before."),
  by: z.enum(BY).optional().describe("Which of HighLevel's two lists to read; the connection's setting when left out."),
});
type Input = z.infer<typeof Input>;

const Output = z.object({
  contacts: z.array(ContactRow),
  total: z.number().optional(),
  next: z.string().optional(),
});
type Output = z.infer<typeof Output>;

/** Lists contacts, by whichever list is set. */
export const contactList: Action<Settings> = {
  kind: "action",
  id: "contact.list",
  subject: "Contacts",
  title: "List contacts",
  description: "Lists contacts page by page, the newest first; may lag behind changes by a minute.",
  effect: "reads",
  scopes: ["contacts.readonly"],
  source: sourceOf("contacts"),
  generations: ["dated", "v3"],
  calls: [
    { method: "GET", path: "/contacts/", generation: "dated" },
    { method: "POST", path: "/contacts/search", generation: "dated" },
    { method: "POST", path: "/contacts/search", generation: "v3" },
  ],
  input: Input,
  output: Output,
  example: { input: { limit: 20 }, output: { contacts: [EXAMPLE_CONTACT], total: 583, next: "eyJieSI6InNlYXJjaCJ9" } },
  run: (session, input) => {
    const wanted = Input.parse(input);
    const position = wanted.cursor === undefined ? undefined : positionOf(wanted.cursor);
    const by = position?.by ?? wanted.by ?? session.settings.listContactsBy;
    return by === "search"
      ? bySearch(session, wanted, position?.by === "search" ? position.after : undefined)
      : byList(session, wanted, position?.by === "list" ? position : undefined);
  },
};

const Position = z.discriminatedUnion("by", [
  z.strictObject({ by: z.literal("search"), after: z.array(z.unknown()).min(1) }),
  z.strictObject({ by: z.literal("list"), startAfter: z.number(), startAfterId: z.string() }),
]);
type Position = z.infer<typeof Position>;

function cursorOf(position: Position): string {
  return Buffer.from(JSON.stringify(position)).toString("base64url");
}

function positionOf(cursor: string): Position {
  try {
    return Position.parse(JSON.parse(Buffer.from(cursor, "base64url").toString()));
  } catch (cause) {
    throw new Failure(
      "rejected",
      "Could not list contacts at HighLevel: the cursor is not one that a page gave. Begin again without it.",
      { cause },
    );
  }
}

const DOING = "list contacts";

const SearchPage = z.object({
  contacts: z.array(z.object({ searchAfter: z.array(z.unknown()).nullish() })),
  total: z.number().nullish(),
});

async function bySearch(
  session: Session<Settings>,
  { query, limit }: Input,
  after?: readonly unknown[],
): Promise<Output> {
  const generation = DIALECT.generationOf(session.settings);
  const answer = await call(session, generation, {
    method: "POST",
    path: "/contacts/search",
    json: {
      locationId: session.settings.locationId,
      pageLimit: limit,
      sort: [{ field: "dateAdded", direction: "desc" }],
      ...(query !== undefined && { query }),
      ...(after !== undefined && { searchAfter: after }),
    },
  });
  const page = readAnswer(SearchPage, answer, about(DOING));
  const last = page.contacts.at(-1)?.searchAfter;
  const isFull = page.contacts.length >= limit && last && last.length > 0;
  return pageOf(answer, page.total, isFull ? cursorOf({ by: "search", after: last }) : undefined);
}

const ListPage = z.object({
  contacts: z.array(z.unknown()),
  count: z.number().nullish(),
  meta: z
    .object({ total: z.number().nullish(), startAfter: z.number().nullish(), startAfterId: z.string().nullish() })
    .nullish(),
});

/** Only the dated versions know the older list. */
async function byList(
  session: Session<Settings>,
  { query, limit }: Input,
  from?: { readonly startAfter: number; readonly startAfterId: string },
): Promise<Output> {
  const { locationId } = session.settings;
  const position = from === undefined ? {} : { startAfter: from.startAfter, startAfterId: from.startAfterId };
  const answer = await call(session, "dated", {
    method: "GET",
    path: "/contacts/",
    query: { locationId, limit, ...(query !== undefined && { query }), ...position },
  });
  const { contacts, count, meta } = readAnswer(ListPage, answer, about(DOING));
  const { startAfter, startAfterId } = meta ?? {};
  const hasNext = contacts.length >= limit && typeof startAfter === "number" && typeof startAfterId === "string";
  const next = hasNext ? cursorOf({ by: "list", startAfter, startAfterId }) : undefined;
  return pageOf(answer, meta?.total ?? count, next);
}

function call(
  session: Session<Settings>,
  generation: Generation,
  request: Omit<HttpRequest, "doing" | "headers" | "isRead">,
): Promise<HttpAnswer> {
  const headers = DIALECT.headers(generation, "contacts", session.settings);
  return session.http.request({ ...request, headers, isRead: true, doing: DOING });
}

function pageOf(answer: HttpAnswer, total: number | null | undefined, next: string | undefined): Output {
  const cleaned = withoutNulls(answer.body);
  const { contacts } = readAnswer(z.object({ contacts: z.array(ContactRow) }), { body: cleaned }, about(DOING));
  return { contacts, ...(typeof total === "number" && { total }), ...(next !== undefined && { next }) };
}
