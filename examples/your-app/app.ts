import { readFileSync } from "node:fs";
import Fastify, { type FastifyInstance, type FastifyReply } from "fastify";
import { type Database, openDatabase, type Shown, type Table } from "./database.ts";
import { servePage } from "./page.ts";
import { createWebhooks, type Send, type Webhooks } from "./webhooks.ts";

/** What a Daybook is made with. */
export interface DaybookOptions {
  /** The database file, or `:memory:`. */
  readonly file: string;
  readonly apiKey: string;
  /** Epoch ms. */
  readonly now: () => number;
  /** How webhooks travel. */
  readonly send: Send;
}

/** A Daybook, not yet listening. */
export interface Daybook {
  readonly app: FastifyInstance;
  readonly database: Database;
  readonly webhooks: Webhooks;
}

/** The events that webhooks tell, by table. */
const EVENTS = { people: "person", todos: "todo", notes: "note", visits: "visit" } as const satisfies Record<
  Table,
  string
>;
/** The name of one record in the API's JSON, by table. */
const ONE = { people: "person", todos: "todo", notes: "note", visits: "visit" } as const satisfies Record<
  Table,
  string
>;

const PER_PAGE_MAX = 200;

/** Makes a Daybook: its API under `/api`, its own page at `/`, its description at `/openapi.yaml`. */
export function createDaybook({ file, apiKey, now, send }: DaybookOptions): Daybook {
  const database = openDatabase(file, now);
  const webhooks = createWebhooks(database, now, send);
  const app = Fastify();
  const surroundings = { app, database, webhooks };
  app.addHook("onRequest", async (request, reply) => {
    if (!request.url.startsWith("/api/")) return;
    if (request.headers["x-api-key"] !== apiKey) await refuse(reply, 401, "The key in X-Api-Key is not valid.");
  });
  app.addHook("onClose", async () => database.close());
  app.get("/openapi.yaml", async (_request, reply) =>
    reply.type("application/yaml").send(readFileSync(new URL("openapi.yaml", import.meta.url), "utf8")),
  );
  serveList(surroundings, "people", "/api/people");
  serveList(surroundings, "todos", "/api/todos");
  serveList(surroundings, "visits", "/api/visits");
  serveList(surroundings, "notes", "/api/people/:personId/notes");
  serveRecords(surroundings, "people", "/api/people");
  serveRecords(surroundings, "todos", "/api/todos");
  serveRecords(surroundings, "visits", "/api/visits");
  serveRecords(surroundings, "notes", "/api/people/:personId/notes");
  app.put<{ Body: { url: string; secret: string } }>("/api/webhook", async ({ body }, reply) => {
    if (typeof body?.url !== "string" || typeof body.secret !== "string") {
      return refuse(reply, 422, "A webhook has a url and a secret.");
    }
    webhooks.subscribe(body);
    return { webhook: { url: body.url } };
  });
  servePage(surroundings);
  return surroundings;
}

interface Params {
  readonly id: string;
  readonly personId?: string;
}

interface Asked {
  readonly page?: string;
  readonly per_page?: string;
  readonly changed_since?: string;
  readonly person_id?: string;
  readonly email?: string;
  readonly phone?: string;
}

function serveList({ app, database }: Daybook, table: Table, path: string): void {
  app.get<{ Params: Params; Querystring: Asked }>(path, async ({ params, query }, reply) => {
    if (params.personId !== undefined && database.read("people", params.personId) === undefined) {
      return refuse(reply, 404, `There is no person ${params.personId}.`);
    }
    const perPage = Math.min(Math.max(Number(query.per_page ?? 50) || 50, 1), PER_PAGE_MAX);
    const { rows, total } = database.list(table, {
      personId: params.personId ?? query.person_id,
      changedSince: query.changed_since,
      email: query.email,
      phone: query.phone,
      page: Math.max(Number(query.page ?? 1) || 1, 1),
      perPage,
    });
    return { [table]: rows, total };
  });
}

function serveRecords(daybook: Daybook, table: Table, path: string): void {
  const { app, database } = daybook;
  const one = `${path}/:id`;
  app.post<{ Params: Params; Body: Record<string, unknown> | undefined }>(path, async ({ params, body }, reply) => {
    const given = body?.[ONE[table]];
    const issue = issueOf(table, given, true);
    if (issue !== undefined) return refuse(reply, 422, issue);
    const personId = params.personId ?? personIn(given);
    const made = addRecord(daybook, table, given, personId);
    if (made === undefined) return refuse(reply, 404, `There is no person ${personId ?? "named"}.`);
    return reply.code(201).send({ [ONE[table]]: made });
  });
  app.get<{ Params: Params }>(one, async ({ params }, reply) => {
    const found = recordOf(database, table, params);
    return found === undefined ? gone(reply, table, params.id) : { [ONE[table]]: found };
  });
  app.patch<{ Params: Params; Body: Record<string, unknown> | undefined }>(one, async ({ params, body }, reply) => {
    if (recordOf(database, table, params) === undefined) return gone(reply, table, params.id);
    const given = body?.[ONE[table]];
    const issue = issueOf(table, given, false);
    if (issue !== undefined) return refuse(reply, 422, issue);
    return { [ONE[table]]: changeRecord(daybook, table, params.id, given) };
  });
  app.delete<{ Params: Params }>(one, async ({ params }, reply) => {
    if (recordOf(database, table, params) === undefined) return gone(reply, table, params.id);
    removeRecord(daybook, table, params.id);
    return reply.code(204).send();
  });
}

/** A record under the address of another person is not there. */
function recordOf(database: Database, table: Table, { id, personId }: Params): Shown | undefined {
  const found = /^\d+$/.test(id) ? database.read(table, id) : undefined;
  return personId === undefined || found?.person_id === personId ? found : undefined;
}

/** Adds a record and tells of it. */
export function addRecord({ database, webhooks }: Daybook, table: Table, body: unknown, personId?: string) {
  const made = database.add(table, body, personId);
  if (made !== undefined) webhooks.happened(`${EVENTS[table]}.added`, aboutOf(made));
  return made;
}

/** Changes a record and tells of it. */
export function changeRecord({ database, webhooks }: Daybook, table: Table, id: string, body: unknown) {
  const changed = database.change(table, id, body);
  if (changed !== undefined) webhooks.happened(`${EVENTS[table]}.changed`, aboutOf(changed));
  return changed;
}

/** Removes a record, with a person all that belongs to it, and tells of it. */
export function removeRecord({ database, webhooks }: Daybook, table: Table, id: string): void {
  const removed = database.remove(table, id);
  if (removed !== undefined) webhooks.happened(`${EVENTS[table]}.removed`, aboutOf(removed));
}

function aboutOf({ id, person_id }: Shown): Readonly<Record<string, unknown>> {
  return { record: { id, ...(person_id !== undefined && { person_id }) } };
}

const STATES: Partial<Record<Table, readonly [string, readonly unknown[]]>> = {
  todos: ["state", ["open", "done"]],
  visits: ["status", ["planned", "confirmed", "called off", "came", "missed"]],
};

/** What is wrong with a body, in one sentence. */
function issueOf(table: Table, body: unknown, isNew: boolean): string | undefined {
  if (typeof body !== "object" || body === null) return `The body has a "${ONE[table]}".`;
  const given = body as Record<string, unknown>;
  const [column, allowed] = STATES[table] ?? [];
  const state = column === undefined ? undefined : given[column];
  if (state !== undefined && state !== null && allowed?.includes(state) === false) {
    return `${column} is one of ${allowed.join(", ")}.`;
  }
  if (isNew && table === "visits" && typeof given.starts !== "number") return "A visit has a time when it starts.";
  return undefined;
}

function personIn(body: unknown): string | undefined {
  const id = typeof body === "object" && body !== null && "person_id" in body ? body.person_id : undefined;
  return id === undefined || id === null ? undefined : String(id);
}

function gone(reply: FastifyReply, table: Table, id: string): FastifyReply {
  return refuse(reply, 404, `There is no ${ONE[table]} ${id}.`);
}

function refuse(reply: FastifyReply, status: number, message: string): FastifyReply {
  return reply.code(status).send({ error: { message } });
}
