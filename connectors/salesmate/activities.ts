import {
  type CreateAnswer,
  type ListPage,
  type ListQuery,
  path,
  type ResourceAdapter,
  readAnswer,
  type Session,
} from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { Snapshot } from "../../model/record.ts";
import type { Changes, Fields } from "../../model/value.ts";
import {
  ACTIVITY_DISPLAYING_FIELDS,
  type ActivityKind,
  activityCreateBody,
  activitySnapshot,
  activityUpdateBody,
  describeActivity,
  typeName,
} from "./activity.ts";
import { about, goneAs } from "./calls.ts";
import { rowPage, search } from "./listing.ts";
import { ACTIVITIES, activitiesBody } from "./search.ts";
import type { Settings } from "./settings.ts";
import * as wire from "./wire.ts";

type Salesmate = Session<Settings>;

/** The tasks of a Salesmate account: activities of one type that are about a contact. */
export const tasks: ResourceAdapter<Settings> = activitiesOf("task");

/** The appointments of a Salesmate account: activities of another type. */
export const appointments: ResourceAdapter<Settings> = activitiesOf("appointment");

function activitiesOf(kind: ActivityKind): ResourceAdapter<Settings> {
  return {
    parent: "contact",
    describe: async () => describeActivity(kind),
    // Rows write due dates by the clock of a time zone that may be set wrongly here. Such an error must not travel on as
    // another date, so a row only makes its record due for a read.
    listing: ({ pollOverlapMs }) => ({ isComplete: false, lagMs: 0, overlapMs: pollOverlapMs }),
    list: (session, query) => list(session, query, kind),
    read: (session, externalId) => read(session, externalId, kind),
    create: (session, fields, parentId) => create(session, fields, parentId, kind),
    update: (session, externalId, changes, known) => update(session, externalId, changes, known, kind),
    delete: (session, externalId) => remove(session, externalId, kind),
    // Children are not recognised by e-mail or phone.
    find: async () => [],
  };
}

async function list(session: Salesmate, query: ListQuery, kind: ActivityKind): Promise<ListPage> {
  const { settings } = session;
  const { parentId } = query;
  const contactId = parentId !== undefined && (await isSearchableByContact(session)) ? parentId : undefined;
  const type = typeName(kind, settings);
  const { rows, total, ...page } = await rowPage(session, ACTIVITIES, query, (since) =>
    activitiesBody(ACTIVITY_DISPLAYING_FIELDS, settings, {
      type,
      since: parentId === undefined ? since : undefined,
      contactId,
    }),
  );
  // A condition may have been passed over, so each row is looked at again.
  const records = rows
    .flatMap((row) => activitySnapshot(row, kind, "row", settings) ?? [])
    .filter((record) => parentId === undefined || record.parentId === parentId);
  return { ...page, records, ...(total !== undefined && records.length === rows.length && { total }) };
}

const KEPT_MS = 86_400_000;

/** Whether a search takes the contact as a condition is not documented, so it is asked once a day. */
function isSearchableByContact(session: Salesmate): Promise<boolean> {
  return session.remember("isSearchableByContact", KEPT_MS, async () => {
    const wanted = { type: session.settings.taskType, since: undefined, contactId: "0" };
    const body = activitiesBody(["activity.id"], session.settings, wanted);
    try {
      await search(session, ACTIVITIES, 0, body, "search activities by contact");
      return true;
    } catch (thrown) {
      if (thrown instanceof Failure && thrown.kind === "rejected") return false;
      throw thrown;
    }
  });
}

/** Gone is also what is of the other kind now, or about no contact any more: the hub could not say whose it is. */
async function read(session: Salesmate, externalId: string, kind: ActivityKind): Promise<Snapshot | "gone"> {
  const doing = `read ${kind} ${externalId}`;
  const request = { method: "GET", path: path`/activity/v4/${externalId}`, doing } as const;
  const answer = await goneAs("gone" as const, () => session.http.request(request));
  if (answer === "gone") return "gone";
  const activity = readAnswer(wire.ReadAnswer, answer, about(doing)).Data;
  if (activity.isDeleted === true) return "gone";
  return activitySnapshot(activity, kind, "direct", session.settings) ?? "gone";
}

async function create(
  session: Salesmate,
  fields: Fields,
  parentId: string | undefined,
  kind: ActivityKind,
): Promise<CreateAnswer> {
  if (parentId === undefined) throw new Failure("bug", `A ${kind} was to be created at Salesmate without its contact.`);
  const doing = `create a ${kind}`;
  const json = activityCreateBody(fields, parentId, kind, session.settings);
  const answer = await session.http.request({ method: "POST", path: "/activity/v4", json, doing });
  const { id } = readAnswer(wire.CreateAnswer, answer, { ...about(doing), isWrite: true }).Data;
  return { kind: "created", externalId: String(id) };
}

/** The answer to an update shows no record, so none is returned. */
async function update(
  session: Salesmate,
  externalId: string,
  changes: Changes,
  known: Fields,
  kind: ActivityKind,
): Promise<undefined> {
  const json = activityUpdateBody(changes, known, kind, session.settings);
  const doing = `update ${kind} ${externalId}`;
  await session.http.request({ method: "PUT", path: path`/activity/v4/${externalId}`, json, doing });
}

/** Deletes so that a person can bring it back at Salesmate. */
async function remove(session: Salesmate, externalId: string, kind: ActivityKind): Promise<void> {
  const doing = `delete ${kind} ${externalId}`;
  const query = { hardDelete: false };
  await goneAs(undefined, () =>
    session.http.request({ method: "DELETE", path: path`/activity/v4/${externalId}`, query, doing }),
  );
}
