import {
  type CreateAnswer,
  type ListPage,
  type ListQuery,
  oncePer,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { MatchRule } from "../../model/sync.ts";
import type { Changes, Fields } from "../../model/value.ts";
import { about, goneAs } from "./calls.ts";
import { createBody, describeContact, displayingFields, snapshotsOf, updateBody } from "./contact.ts";
import { customFields } from "./customFields.ts";
import { rowPage, search } from "./listing.ts";
import { CONTACTS, carriesKey, findBody, listBody } from "./search.ts";
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

async function list(session: Salesmate, query: ListQuery): Promise<ListPage> {
  const custom = await customFields(session);
  const { rows, ...page } = await rowPage(session, CONTACTS, query, (since) =>
    listBody(displayingFields(custom), session.settings, since),
  );
  const snapshotOf = snapshotsOf(custom, session.settings);
  return { ...page, records: rows.map((row) => snapshotOf(row, "row")) };
}

async function read(session: Salesmate, externalId: string): Promise<Snapshot | "gone"> {
  const custom = await customFields(session);
  const doing = `read contact ${externalId}`;
  const request = { method: "GET", path: path`/contact/v4/${externalId}`, doing } as const;
  const answer = await goneAs("gone" as const, () => session.http.request(request));
  if (answer === "gone") return "gone";
  const contact = readAnswer(wire.ReadAnswer, answer, about(doing)).Data;
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
  const body = findBody(rule, value, session.settings);
  const doing = `look up a contact by ${rule}`;
  const { data, totalRows } = await search(session, CONTACTS, 0, body, doing);
  const found = data.filter((row) => carriesKey(row, rule, value, session.settings));
  if (found.length > 0 || (data.length === 0 && (totalRows ?? 0) === 0)) return found.map((row) => String(row.id));
  // Whoever is not shown might be the one: to take them for nobody would make them twice.
  throw new Failure("unavailable", `Could not ${doing} at Salesmate: ${unbelievable(data.length, totalRows)}.`);
}

/** What is wrong with a look-up's answer, in words: it hides whom it counts, or answers another question. */
function unbelievable(shown: number, counted: number | null | undefined): string {
  const how = shown === 0 ? `it counted ${counted} and showed none` : "it showed none who carries it, but others";
  return `${how}. It is tried again by itself`;
}
