import { z } from "zod";
import {
  type AnswerContext,
  type CreateAnswer,
  isAllRead,
  type ListPage,
  type ListQuery,
  oncePer,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
  tallied,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Changes, Fields } from "../../model/value.ts";
import { createBody, describeContact, displayingFields, snapshotsOf, updateBody } from "./contact.ts";
import { customFields } from "./customFields.ts";
import { PAGE_ROWS } from "./quirks.ts";
import { findBody, listBody } from "./search.ts";
import type { Settings } from "./settings.ts";
import * as wire from "./wire.ts";

type Salesmate = Session<Settings>;

/** The catalogue is asked for before every decision; it is the same as long as the custom fields are. */
const describedFields = oncePer(describeContact);

/** The contacts of a Salesmate account. */
export const contacts: ResourceAdapter<Settings> = {
  describe: async (session) => describedFields(await customFields(session)),
  // Rows show every field that is asked for, and no delay behind writes is known. Change times are minutes in an
  // account's zone that may be set wrongly here, hence the long overlap.
  listing: ({ pollOverlapMs }) => ({ isComplete: true, lagMs: 0, overlapMs: pollOverlapMs }),
  list,
  read,
  create,
  update,
  delete: remove,
  find,
};

/** Where a listing stands. */
const Position = z.strictObject({
  /** The row to begin at. */
  from: z.int().min(0),
  /** How many rows there were when the page before was read. */
  total: z.number().optional(),
  /** Only contacts changed at or after, epoch ms. */
  since: z.number().optional(),
  /** Whether every page so far gave the same total, so that rows can be counted against it. */
  isSteady: z.boolean().optional(),
});
type Position = z.infer<typeof Position>;

async function list(session: Salesmate, query: ListQuery): Promise<ListPage> {
  const position: Position =
    query.cursor === undefined ? { from: 0, since: query.since, isSteady: true } : parseCursor(query.cursor);
  const custom = await customFields(session);
  const body = listBody(displayingFields(custom), session.settings, position.since);
  const { data, totalRows } = await search(session, position.from, body, "list contacts");
  const total = totalRows ?? undefined;
  const snapshotOf = snapshotsOf(custom, session.settings);
  const next = nextPosition(position, data.length, total);
  return {
    records: data.map((row) => snapshotOf(row, "row")),
    ...(next !== undefined && { next: JSON.stringify(next) }),
    ...(total !== undefined && { total }),
  };
}

/**
 * Where to read on. When rows vanished since the page before, those behind them moved up past the reader; then the next
 * page begins that many rows earlier than this one did. A page that reaches a steady total is the last, full or not:
 * behind it could only be what was added after it was asked for.
 */
export function nextPosition(here: Position, rows: number, total: number | undefined): Position | undefined {
  const vanished = here.total !== undefined && total !== undefined ? Math.max(0, here.total - total) : 0;
  if (vanished > 0) return { ...here, from: Math.max(0, here.from - vanished), total, isSteady: false };
  const tally = tallied(here.isSteady ? { read: here.from, total: here.total } : undefined, rows, total);
  if (rows < PAGE_ROWS || isAllRead(tally)) return undefined;
  return { ...here, from: here.from + rows, total, isSteady: tally !== undefined };
}

function parseCursor(text: string): Position {
  try {
    return Position.parse(JSON.parse(text));
  } catch (cause) {
    throw new Failure("bug", "The stored position in Salesmate's contacts cannot be read; start the listing again.", {
      cause,
    });
  }
}

async function search(session: Salesmate, from: number, json: unknown, doing: string) {
  const answer = await session.http.request({
    method: "POST",
    path: "/contact/v4/search",
    query: { rows: PAGE_ROWS, from },
    json,
    isRead: true,
    doing,
  });
  return readAnswer(wire.SearchAnswer, answer, about(doing)).Data;
}

async function read(session: Salesmate, externalId: string): Promise<Snapshot | "gone"> {
  const custom = await customFields(session);
  const doing = `read contact ${externalId}`;
  const request = { method: "GET", path: path`/contact/v4/${externalId}`, doing } as const;
  const answer = await goneAs("gone" as const, () => session.http.request(request));
  if (answer === "gone") return "gone";
  const contact = readAnswer(wire.ContactAnswer, answer, about(doing)).Data;
  return contact.isDeleted === true ? "gone" : snapshotsOf(custom, session.settings)(contact, "direct");
}

async function create(session: Salesmate, fields: Fields): Promise<CreateAnswer> {
  const doing = "create a contact";
  const json = createBody(fields, await customFields(session), session.settings);
  const answer = await session.http.request({ method: "POST", path: "/contact/v4", json, doing });
  const { id } = readAnswer(wire.CreateAnswer, answer, { ...about(doing), isWrite: true }).Data;
  return { kind: "created", externalId: String(id) };
}

/** The answer to an update shows no record, so none is returned. */
async function update(session: Salesmate, externalId: string, changes: Changes, known: Fields): Promise<undefined> {
  const json = updateBody(changes, known, await customFields(session), session.settings);
  const doing = `update contact ${externalId}`;
  await session.http.request({ method: "PUT", path: path`/contact/v4/${externalId}`, json, doing });
}

async function remove(session: Salesmate, externalId: string): Promise<void> {
  const doing = `delete contact ${externalId}`;
  await goneAs(undefined, () =>
    session.http.request({ method: "DELETE", path: path`/contact/v4/${externalId}`, doing }),
  );
}

async function find(session: Salesmate, rule: MatchRule, value: string): Promise<readonly string[]> {
  const { data } = await search(session, 0, findBody(rule, value, session.settings), `look up a contact by ${rule}`);
  return data.map((row) => String(row.id));
}

function about(doing: string): AnswerContext {
  return { partner: "Salesmate", doing };
}

async function goneAs<Outcome, Gone>(gone: Gone, call: () => Promise<Outcome>): Promise<Outcome | Gone> {
  try {
    return await call();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.kind === "not_found") return gone;
    throw thrown;
  }
}
