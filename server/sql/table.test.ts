import fc from "fast-check";
import { Client } from "pg";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import {
  actionOf,
  anyConnector,
  type CallContext,
  type Connector,
  NOTHING_ALLOWED,
  type OpenConnection,
  openConnection,
  PRIORITIES,
  partnerOf,
  reachable,
} from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import type { Snapshot } from "../../model/record.ts";
import { freshDatabase } from "../../test/postgres.ts";
import { type Reach, sqlOpener } from "./open.ts";

/** Tables of a real PostgreSQL as an app. */
let client: Client;
let opened: OpenConnection[];
let url: URL;
const live: CallContext = { priority: PRIORITIES.live, calls: [] };
const plain = (key: string, path: string, type = "text", standard = key) => ({
  ...{ key, label: key, path, type },
  ...(standard !== "" && { standard }),
});

function declaration(more: object = {}, database: object = {}) {
  return {
    name: "Ledger",
    baseUrl: "https://ledger.invalid",
    signIn: { kind: "basic" },
    resources: {},
    database: {
      ...{ kind: "postgres", host: url.hostname, port: Number(url.port), database: url.pathname.slice(1) },
      ...{ isEncrypted: false, ...database },
    },
    tables: {
      contact: {
        ...{ table: "people", changedAt: "changed_at" },
        fields: [
          plain("firstName", "given"),
          plain("email", "mail", "email"),
          plain("phone", "tel", "phone"),
          plain("tags", "labels", "set"),
          plain("dateOfBirth", "born", "date"),
          plain("score", "score", "number", ""),
        ],
        ...more,
      },
      task: {
        ...{ table: "tasks", id: "task_id", parentId: "person", deletedAt: "gone_at" },
        fields: [plain("title", "title"), plain("dueAt", "due", "dateTime"), plain("isCompleted", "done", "boolean")],
      },
    },
  };
}

const HERE: Reach = async (host) => host;

function open(app: object = declaration(), options: { writing?: boolean; token?: string; reach?: Reach } = {}) {
  const { writing = true, token = `${url.username}:${decodeURIComponent(url.password)}`, reach = HERE } = options;
  const general = connectorById("yourapp");
  const settings = general?.settings.parse({ app, writing });
  if (general?.describedBy === undefined) throw new Error("there should be a connector of apps");
  const connector: Connector = anyConnector(general.describedBy(settings));
  const connection = openConnection({
    ...{ connector, connection: { id: "ledger", settings }, random: () => 0.5, clock: manualClock(0) },
    credential: { load: async () => ({ kind: "token", token }), store: async () => {} },
    openSql: sqlOpener(reach),
  });
  opened.push(connection);
  return connection;
}

beforeEach(async () => {
  opened = [];
  url = new URL(await freshDatabase(inject("postgresUrl")));
  client = new Client({ connectionString: url.href });
  await client.connect();
  await client.query(`
    create table people (id bigint generated always as identity primary key, given text, mail text, tel text,
      labels text[], born date, score numeric, changed_at timestamptz not null default clock_timestamp());
    create table tasks (task_id uuid primary key default gen_random_uuid(), person bigint references people on delete cascade,
      title text, due timestamp, done boolean not null default false, gone_at timestamptz);
  `);
});
afterEach(async () => {
  for (const one of opened) await one.close();
  await client.end();
});

const ANA = {
  firstName: "Ana",
  email: "Ana@example.com",
  phone: "+12015550123",
  tags: ["a", "b"],
  dateOfBirth: "1990-05-01",
  score: 2.5,
};

async function read(connection: OpenConnection, resource: "contact" | "task", id: string): Promise<Snapshot> {
  const found = await partnerOf(connection, resource).read(live, id);
  if (found === "gone") throw new Error(`${resource} ${id} should be there`);
  return found;
}

test("YA60 rows of a table are made, read, changed, emptied and deleted, and read back as they were written", async () => {
  const connection = open();
  await connection.check(live);
  const contacts = partnerOf(connection, "contact");
  const { externalId } = await contacts.create(live, ANA);
  expect((await read(connection, "contact", externalId)).fields).toEqual(ANA);
  await contacts.update(
    live,
    externalId,
    { firstName: { kind: "set", value: "Anna" }, tags: { kind: "elements", add: ["c"], remove: ["a"] } },
    ANA,
  );
  await contacts.update(live, externalId, { phone: { kind: "clear" } }, ANA);
  expect((await read(connection, "contact", externalId)).fields).toEqual({
    ...ANA,
    firstName: "Anna",
    tags: ["b", "c"],
    phone: "",
  });
  expect(await contacts.find(live, "email", "ANA@example.com")).toEqual([externalId]);
  await contacts.delete(live, externalId);
  expect(await contacts.read(live, externalId)).toBe("gone");
  await contacts.delete(live, externalId);
  const late = contacts.update(live, externalId, { firstName: { kind: "set", value: "Ghost" } }, ANA);
  await expect(late).rejects.toMatchObject({ kind: "not_found" });
});

test("YA60 rows that belong to a person are reached by the column that says so, and one that is marked as deleted is gone", async () => {
  const connection = open();
  const [contacts, tasks] = [partnerOf(connection, "contact"), partnerOf(connection, "task")];
  const [mine, other] = [
    (await contacts.create(live, ANA)).externalId,
    (await contacts.create(live, { firstName: "Bo" })).externalId,
  ];
  const task = { title: "Call", dueAt: "2031-03-04T09:30:00.000Z", isCompleted: true };
  const { externalId } = await tasks.create(live, task, mine);
  await tasks.create(live, { title: "Other" }, other);
  const { records } = await tasks.list(live, { parentId: mine });
  expect(records).toEqual([{ externalId, parentId: mine, fields: task }]);
  await tasks.delete(live, externalId);
  expect(await tasks.read(live, externalId)).toBe("gone");
  expect(
    (await client.query("select gone_at from tasks where task_id = $1", [externalId])).rows[0]?.gone_at,
  ).toBeInstanceOf(Date);
});

async function idsOf(connection: OpenConnection, since?: number): Promise<{ ids: string[]; pages: number }> {
  const ids: string[] = [];
  let cursor: string | undefined;
  for (let pages = 1; ; pages += 1) {
    const query = { ...(cursor !== undefined && { cursor }), ...(since !== undefined && { since }) };
    const page = await partnerOf(connection, "contact").list(live, query);
    ids.push(...page.records.map(({ externalId }) => externalId));
    cursor = page.next;
    if (cursor === undefined) return { ids, pages };
  }
}

test("YA61 a table is listed whole in pages by its ids, whatever comes and goes meanwhile", async () => {
  await client.query("insert into people (given) select 'Person ' || n from generate_series(1, 1250) n");
  const connection = open();
  const { ids, pages } = await idsOf(connection);
  expect([ids.length, new Set(ids).size, pages]).toEqual([1_250, 1_250, 3]);
});

test("YA61 what changed since is told by a column, or by an outbox that printed triggers feed", async () => {
  await client.query("insert into people (given, changed_at) values ('Old', now() - interval '1 day'), ('New', now())");
  const since = Date.now() - 3_600_000;
  expect((await idsOf(open(), since)).ids).toEqual(["2"]);
  const app = declaration({ changedAt: undefined }, { outbox: "kith_outbox" });
  const connection = open(app);
  const action = actionOf(connection.connector.operations ?? [], "database.outbox");
  const printed = (await action?.run(connection.session(live), {})) as { sql: string };
  await client.query(printed.sql);
  await client.query(printed.sql);
  expect((await idsOf(connection, since)).ids).toEqual([]);
  await client.query("update people set given = 'Older' where id = 1; delete from people where id = 2");
  expect((await idsOf(connection, since)).ids).toEqual(["1"]);
});

test("YA62 no value becomes part of a statement, whatever it holds", async () => {
  const connection = open();
  const contacts = partnerOf(connection, "contact");
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("'; drop table people; --", '" or ""="', "$1", "\\")),
      async (text) => {
        // PostgreSQL keeps no text with a NUL in it.
        const value = text.replaceAll("\0", "") || "x";
        const { externalId } = await contacts.create(live, { firstName: value });
        expect((await read(connection, "contact", externalId)).fields.firstName).toBe(value);
        expect(await contacts.read(live, `${externalId}${value}`)).toBe("gone");
      },
    ),
    { numRuns: 30 },
  );
});

test("YA62 a name that is none is refused before anything is asked", () => {
  expect(() => open(declaration({ table: 'people"; drop table people; --' }))).toThrow(/is a name of letters/);
});

test("YA63 a wrong password, a table that is not there and a database that only reads are told as such, without a value", async () => {
  const words = async (work: Promise<unknown>) => {
    const failure: unknown = await work.catch((thrown: unknown) => thrown);
    return failure instanceof Error && "kind" in failure
      ? `${String(failure.kind)}: ${failure.message}`
      : String(failure);
  };
  expect(await words(open(declaration(), { token: "nobody:s3cret-word" }).check(live))).toMatch(
    /^unauthorized: (?!.*s3cret)/,
  );
  expect(await words(open(declaration({ table: "persons" })).check(live))).toMatch(/^misconfigured: .*42P01/);
  const reader = partnerOf(open(declaration(), { writing: false }), "contact");
  expect(await words(reader.create(live, ANA))).toMatch(/^forbidden: /);
  const writer = partnerOf(open(), "contact");
  expect(await words(writer.create(live, { dateOfBirth: "not a date 42" }))).toMatch(/^rejected: (?!.*not a date)/);
});

test("YA63 a database in the hub's own network is not asked unless the operator allows it", async () => {
  const guarded: Reach = async (host) =>
    (await reachable(host, async () => [{ address: "127.0.0.1", family: 4 }], NOTHING_ALLOWED))[0]?.address ?? "";
  const failure = await open(declaration(), { reach: guarded })
    .check(live)
    .catch((thrown: unknown) => thrown);
  expect(String(failure)).toContain("KITH_ALLOWED_ADDRESSES");
});
