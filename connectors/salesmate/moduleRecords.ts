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
import { customFields } from "./customFields.ts";
import { rowPage, search } from "./listing.ts";
import { carriesKey, findBody } from "./lookUp.ts";
import type { RecordFormat } from "./record.ts";
import { listBody, type Module } from "./search.ts";
import type { Settings } from "./settings.ts";
import * as wire from "./wire.ts";

type Salesmate = Session<Settings>;

/**
 * The records of one module: such as stand alone, like contacts and companies, or such as belong to a contact.
 * @param isSearchableByContact whether a search takes the contact as a condition, where they belong to one
 */
export function moduleRecords(
  module: Module,
  format: RecordFormat,
  isSearchableByContact: (session: Salesmate) => Promise<boolean> = async () => false,
): ResourceAdapter<Settings> {
  const { prefix, one } = module;
  /** The catalogue is asked for before every decision; it is the same as long as the custom fields are. */
  const describedFields = oncePer(format.describe);
  const customOf = (session: Salesmate) => customFields(session, prefix);
  const at = (externalId: string): string => `/${prefix}/v4${path`/${externalId}`}`;

  const list = async (session: Salesmate, query: ListQuery): Promise<ListPage> => {
    const custom = await customOf(session);
    const { parentId } = query;
    const contactId = parentId !== undefined && (await isSearchableByContact(session)) ? parentId : undefined;
    const { rows, total, ...page } = await rowPage(session, module, query, (since) => {
      const changedSince = parentId === undefined ? since : undefined;
      return listBody(module, format.displayingFields(custom), session.settings, changedSince, contactId);
    });
    const snapshotOf = format.snapshotsOf(custom, session.settings);
    // A condition may have been passed over, so each row is looked at again.
    const records = rows
      .flatMap((row) => snapshotOf(row, "row") ?? [])
      .filter((record) => parentId === undefined || record.parentId === parentId);
    return { ...page, records, ...(total !== undefined && records.length === rows.length && { total }) };
  };

  const read = async (session: Salesmate, externalId: string): Promise<Snapshot | "gone"> => {
    const custom = await customOf(session);
    const doing = `read ${one} ${externalId}`;
    const request = { method: "GET", path: at(externalId), doing } as const;
    const answer = await goneAs("gone" as const, () => session.http.request(request));
    if (answer === "gone") return "gone";
    const record = readAnswer(wire.ReadAnswer, answer, about(doing)).Data;
    if (record.isDeleted === true) return "gone";
    return format.snapshotsOf(custom, session.settings)(record, "direct") ?? "gone";
  };

  const create = async (session: Salesmate, fields: Fields, parentId?: string): Promise<CreateAnswer> => {
    const doing = `create a ${one}`;
    const json = format.createBody(fields, await customOf(session), session.settings, parentId);
    const answer = await session.http.request({ method: "POST", path: `/${prefix}/v4`, json, doing });
    const { id } = readAnswer(wire.CreateAnswer, answer, { ...about(doing), isWrite: true }).Data;
    return { kind: "created", externalId: String(id) };
  };

  /** The answer to an update shows no record, so none is returned. */
  const update = async (
    session: Salesmate,
    externalId: string,
    changes: Changes,
    known: Fields,
    parentId?: string,
  ): Promise<undefined> => {
    const json = format.updateBody(changes, known, await customOf(session), session.settings, parentId);
    const doing = `update ${one} ${externalId}`;
    await session.http.request({ method: "PUT", path: at(externalId), json, doing });
  };

  const remove = async (session: Salesmate, externalId: string): Promise<void> => {
    const doing = `delete ${one} ${externalId}`;
    await goneAs(undefined, () => session.http.request({ method: "DELETE", path: at(externalId), doing }));
  };

  const find = async (session: Salesmate, rule: MatchRule, value: string): Promise<readonly string[]> => {
    const body = findBody(module, rule, value, session.settings);
    if (body === undefined) return [];
    const doing = `look up a ${one} by ${rule}`;
    const { data, totalRows } = await search(session, module, 0, body, doing);
    const found = data.filter((row) => carriesKey(module, row, rule, value, session.settings));
    if (found.length > 0 || (data.length === 0 && (totalRows ?? 0) === 0)) return found.map((row) => String(row.id));
    // Whoever is not shown might be the one: to take them for nobody would make them twice.
    throw new Failure("unavailable", `Could not ${doing} at Salesmate: ${unbelievable(data.length, totalRows)}.`);
  };

  return {
    describe: async (session) => describedFields(await customOf(session)),
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
}

/** What is wrong with a look-up's answer, in words: it hides whom it counts, or answers another question. */
function unbelievable(shown: number, counted: number | null | undefined): string {
  const how = shown === 0 ? `it counted ${counted} and showed none` : "it showed none who carries it, but others";
  return `${how}. It is tried again by itself`;
}
