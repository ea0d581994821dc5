import { expect, test } from "vitest";
import { createMemoryBook, followPages, type HttpAnswer, type HttpRequest, type Session } from "../../kit/index.ts";
import type { Changes } from "../../model/value.ts";
import { contacts } from "./contacts.ts";
import { PAGE_LIMIT } from "./quirks.ts";
import { Settings } from "./settings.ts";

interface Script {
  readonly session: Session<Settings>;
  readonly sent: HttpRequest[];
}

type Answer = { readonly status?: number; readonly body: unknown };

/** A session whose partner answers by method and path; what is not scripted fails the test. */
function script(answers: Readonly<Record<string, Answer | (() => Answer)>>): Script {
  const sent: HttpRequest[] = [];
  const memory = new Map<string, Promise<unknown>>();
  const all: Readonly<Record<string, Answer | (() => Answer)>> = {
    "GET /locations/loc/customFields": { body: { customFields: FIELDS } },
    ...answers,
  };
  const request = async (wanted: HttpRequest): Promise<HttpAnswer> => {
    sent.push(wanted);
    const found = new Map(Object.entries(all)).get(`${wanted.method} ${wanted.path}`);
    if (found === undefined) throw new Error(`nothing is scripted for ${wanted.method} ${wanted.path}`);
    const { status = 200, body } = typeof found === "function" ? found() : found;
    const answer = { method: wanted.method, path: wanted.path, status, headers: {}, body };
    if (status >= 400 && wanted.isExpected?.(answer) !== true) throw new Error(`unexpected ${status}`);
    return { status, headers: {}, body };
  };
  const session: Session<Settings> = {
    settings: Settings.parse({ locationId: "loc" }),
    http: { request },
    now: () => 0,
    remember: <T>(key: string, _forMs: number, load: () => Promise<T>) => {
      const known = memory.get(key) ?? load();
      memory.set(key, known);
      // Each key holds what was loaded under it.
      return known as Promise<T>;
    },
    forget: (key) => void memory.delete(key),
    book: createMemoryBook(
      () => 0,
      () => 0,
    ),
  };
  return { session, sent };
}

const FIELDS = [{ id: "f-text", name: "Colour", fieldKey: "contact.colour", dataType: "TEXT" }];
const C1 = { id: "c1", firstName: "Ana", tags: ["one"], dateUpdated: "2026-05-04T09:12:33.123Z" };

function calls({ sent }: Script): string[] {
  return sent.filter(({ path }) => !path.endsWith("customFields")).map(({ method, path }) => `${method} ${path}`);
}

const CITY: Changes = { city: { kind: "set", value: "Porto" } };
const TAGS: Changes = { tags: { kind: "elements", add: ["two"], remove: ["one"] } };

test("HL30 a change of tags alone makes no update, and is read back", async () => {
  const run = script({
    "POST /contacts/c1/tags": { status: 201, body: { tags: ["one", "two"] } },
    "DELETE /contacts/c1/tags": { body: { tags: ["two"] } },
    "GET /contacts/c1": { body: { contact: { ...C1, tags: ["two"] } } },
  });
  const answer = await contacts.update(run.session, "c1", TAGS, { tags: ["one"] });
  expect(calls(run)).toEqual(["POST /contacts/c1/tags", "DELETE /contacts/c1/tags", "GET /contacts/c1"]);
  expect(answer?.fields.tags).toEqual(["two"]);
});

test("HL30 tags go before the fields, so that the update's answer is the last word", async () => {
  const run = script({
    "POST /contacts/c1/tags": { status: 201, body: { tags: ["one", "two"] } },
    "DELETE /contacts/c1/tags": { body: { tags: ["two"] } },
    "PUT /contacts/c1": { body: { succeded: true, contact: { ...C1, city: "Porto", tags: ["two"] } } },
  });
  const answer = await contacts.update(run.session, "c1", { ...CITY, ...TAGS }, { tags: ["one"] });
  expect(calls(run)).toEqual(["POST /contacts/c1/tags", "DELETE /contacts/c1/tags", "PUT /contacts/c1"]);
  expect(run.sent.at(-1)?.json).toEqual({ city: "Porto" });
  expect(answer).toMatchObject({ fields: { city: "Porto", tags: ["two"] }, version: "1777885953123" });
});

test("HL31 an update whose answer lacks the contact is read back", async () => {
  const run = script({
    "PUT /contacts/c1": { body: { succeded: true } },
    "GET /contacts/c1": { body: { contact: { ...C1, city: "Porto" } } },
  });
  expect((await contacts.update(run.session, "c1", CITY, {}))?.fields.city).toBe("Porto");
  expect(calls(run)).toEqual(["PUT /contacts/c1", "GET /contacts/c1"]);
});

test("HL32 a create that meets a duplicate has found it", async () => {
  const body = {
    message: "This location does not allow duplicated contacts.",
    meta: { contactId: "c9", matchingField: "email" },
  };
  const run = script({ "POST /contacts/": { status: 400, body } });
  expect(await contacts.create(run.session, { firstName: "Ana" })).toEqual({ kind: "found", externalId: "c9" });
});

test("HL38 a create whose answer cannot be read leaves its outcome unknown", async () => {
  const run = script({ "POST /contacts/": { status: 201, body: { hello: "world" } } });
  await expect(contacts.create(run.session, { firstName: "Ana" })).rejects.toMatchObject({
    kind: "unavailable",
    details: { isOutcomeUnknown: true },
  });
});

test("HL39 a contact that was made is named, though its custom fields are not known yet", async () => {
  const made = { ...C1, customFields: [{ id: "f-new", value: "L" }] };
  const run = script({ "POST /contacts/": { status: 201, body: { contact: made } } });
  expect(await contacts.create(run.session, { firstName: "Ana" })).toEqual({ kind: "created", externalId: "c1" });
  expect(run.sent.map(({ method }) => method)).toEqual(["GET", "POST"]);
});

test("HL33 a contact marked as deleted is gone", async () => {
  const run = script({ "GET /contacts/c1": { body: { contact: { ...C1, deleted: true } } } });
  expect(await contacts.read(run.session, "c1")).toBe("gone");
});

test("HL34 a custom field that is not known yet is looked for again, once", async () => {
  let loads = 0;
  const newer = [...FIELDS, { id: "f-new", name: "Size", fieldKey: "contact.size", dataType: "TEXT" }];
  const values = [
    { id: "f-new", value: "L" },
    { id: "f-deleted", value: "left over" },
  ];
  const run = script({
    "GET /locations/loc/customFields": () => {
      loads += 1;
      return { body: { customFields: loads === 1 ? FIELDS : newer } };
    },
    "GET /contacts/c1": { body: { contact: { ...C1, customFields: values } } },
  });
  await contacts.describe(run.session);
  const read = await contacts.read(run.session, "c1");
  expect(read).toMatchObject({ fields: { "custom.size": "L" } });
  await contacts.read(run.session, "c1");
  expect(loads).toBe(2);
});

test("HL35 a listing is asked for in full pages, and its filter and order stay the same to the end", async () => {
  const rows = Array.from({ length: PAGE_LIMIT }, (_none, place) => ({
    id: `c${place}`,
    searchAfter: [place, `c${place}`],
  }));
  let page = 0;
  const run = script({
    "POST /contacts/search": () => {
      page += 1;
      return { body: { contacts: page === 1 ? rows : rows.slice(0, 3), total: PAGE_LIMIT + 3, traceId: "t" } };
    },
  });
  const first = await contacts.list(run.session, { since: 1_777_885_953_123 });
  expect(first).toMatchObject({ total: PAGE_LIMIT + 3, next: expect.any(String) });
  const second = await contacts.list(run.session, { ...(first.next !== undefined && { cursor: first.next }) });
  expect(second.next).toBeUndefined();
  const [one, two] = run.sent.filter(({ path }) => path === "/contacts/search").map(({ json }) => json);
  expect(one).toEqual({
    locationId: "loc",
    pageLimit: 500,
    filters: [{ field: "dateUpdated", operator: "range", value: { gte: "2026-05-04T09:12:33.123Z" } }],
    sort: [{ field: "dateUpdated", direction: "asc" }],
  });
  expect(two).toEqual({ ...Object(one), searchAfter: [PAGE_LIMIT - 1, `c${PAGE_LIMIT - 1}`] });
});

test("HL35 a full listing goes in the order in which contacts were added", async () => {
  const run = script({ "POST /contacts/search": { body: { contacts: [] } } });
  await contacts.list(run.session, {});
  expect(run.sent[0]?.json).toEqual({
    locationId: "loc",
    pageLimit: 500,
    sort: [{ field: "dateAdded", direction: "asc" }],
  });
});

/** A script that answers one search after the other with these pages, and with an empty one after the last. */
function pagesOf(pages: readonly { readonly rows: readonly object[]; readonly total?: number | null }[]): Script {
  const left = [...pages];
  return script({
    "POST /contacts/search": () => {
      const { rows, total } = left.shift() ?? { rows: [] };
      return { body: { contacts: rows, total, traceId: "t" } };
    },
  });
}

/** Rows in the order in which they were added, the first of them at this place. */
function rowsFrom(first: number, count = PAGE_LIMIT): { readonly id: string; readonly searchAfter: unknown[] }[] {
  return Array.from({ length: count }, (_none, step) => {
    const id = `c${first + step}`;
    return { id, searchAfter: [first + step, id] };
  });
}

/** How many searches it takes to read to the end. */
async function searchesFor(run: Script, query: { readonly since?: number } = {}): Promise<number> {
  let searches = 0;
  const fetchPage = (cursor: string | undefined) =>
    contacts.list(run.session, { ...query, ...(cursor !== undefined && { cursor }) });
  for await (const _page of followPages(fetchPage)) searches += 1;
  return searches;
}

const [ONE, TWO] = [rowsFrom(0), rowsFrom(PAGE_LIMIT)];
const BOTH = 2 * PAGE_LIMIT;
test.each([
  ["the one page reaches its total", [{ rows: ONE, total: PAGE_LIMIT }], 1],
  [
    "both pages reach it",
    [
      { rows: ONE, total: BOTH },
      { rows: TWO, total: BOTH },
    ],
    2,
  ],
  ["no page gives a total", [{ rows: ONE }, { rows: TWO }], 3],
  [
    "the first gives none",
    [
      { rows: ONE, total: null },
      { rows: TWO, total: BOTH },
    ],
    3,
  ],
  [
    "the last gives none",
    [
      { rows: ONE, total: BOTH },
      { rows: TWO, total: null },
    ],
    3,
  ],
  [
    "the total grew",
    [
      { rows: ONE, total: BOTH - 1 },
      { rows: TWO, total: BOTH },
    ],
    3,
  ],
  [
    "the total shrank",
    [
      { rows: ONE, total: BOTH + 1 },
      { rows: TWO, total: BOTH },
    ],
    3,
  ],
  [
    "the total is less than what is read",
    [
      { rows: ONE, total: 700 },
      { rows: TWO, total: 700 },
    ],
    3,
  ],
  [
    "a page begins with the last row of the one before",
    [
      { rows: ONE, total: BOTH },
      { rows: rowsFrom(PAGE_LIMIT - 1), total: BOTH },
      { rows: rowsFrom(BOTH - 1, 1), total: BOTH },
    ],
    3,
  ],
  ["a row stands twice on one page", [{ rows: [...ONE.slice(1), ...ONE.slice(-1)], total: PAGE_LIMIT }], 2],
  [
    "a page goes back",
    [
      { rows: TWO, total: BOTH },
      { rows: ONE, total: BOTH },
    ],
    3,
  ],
  [
    "positions cannot be compared",
    [
      { rows: ONE, total: BOTH },
      { rows: TWO.map(({ id }) => ({ id, searchAfter: [id] })), total: BOTH },
    ],
    3,
  ],
])("HL61 whether a full page is the last: %s", async (_what, pages, searches) => {
  expect(await searchesFor(pagesOf(pages))).toBe(searches);
});

test("HL61 a listing of changes is read until a page is not full, since a contact may come twice", async () => {
  expect(await searchesFor(pagesOf([{ rows: ONE, total: PAGE_LIMIT }]), { since: 0 })).toBe(2);
});

test("HL61 a position of a listing whose totals were not counted goes on without them", async () => {
  const run = pagesOf([{ rows: TWO, total: PAGE_LIMIT }]);
  const cursor = JSON.stringify({ after: [499, "c499"] });
  expect((await contacts.list(run.session, { cursor })).next).toBe(JSON.stringify({ after: [999, "c999"] }));
});

test("HL36 a full page without the position of the next is not taken for the last", async () => {
  const rows = Array.from({ length: PAGE_LIMIT }, (_none, place) => ({ id: `c${place}` }));
  const run = script({ "POST /contacts/search": { body: { contacts: rows } } });
  await expect(contacts.list(run.session, {})).rejects.toMatchObject({ kind: "unavailable" });
});

test("HL36 a stored position that cannot be read says so", async () => {
  await expect(contacts.list(script({}).session, { cursor: "nonsense" })).rejects.toMatchObject({ kind: "bug" });
});

test.each([
  ["email", "ana+x@example.com", { locationId: "loc", email: "ana+x@example.com" }],
  ["phone", "+12015550123", { locationId: "loc", number: "+12015550123" }],
] as const)("HL37 a look-up by %s asks for the duplicate", async (rule, value, query) => {
  const found = script({ "GET /contacts/search/duplicate": { body: { contact: { id: "c1" }, traceId: "t" } } });
  expect(await contacts.find(found.session, rule, value)).toEqual(["c1"]);
  expect(found.sent[0]?.query).toEqual(query);
  const none = script({ "GET /contacts/search/duplicate": { body: { contact: null, traceId: "t" } } });
  expect(await contacts.find(none.session, rule, value)).toEqual([]);
});
