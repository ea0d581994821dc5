import { createHmac } from "node:crypto";
import type { Session } from "../../kit/index.ts";
import type { DeclaredResource } from "../../model/declaration.ts";
import { asFailure } from "../../model/errors.ts";
import type { Changes, Fields, Value } from "../../model/value.ts";
import { type JsonObject, withValueAt } from "./json.ts";
import type { Settings } from "./settings.ts";
import { fromModel } from "./values.ts";

/**
 * The webhooks that the hub sends to an app. They lie in the connection's book under `OUTGOING`, which is the log of them
 * as well.
 *
 * | state | means | goes to |
 * | --- | --- | --- |
 * | draft | written down before what it tells of is done | waiting, or away where that never came to be |
 * | waiting | is sent when it is due | delivered, waiting, failed |
 * | delivered | the app answered with a success | waiting, by a replay |
 * | failed | the last try failed too | waiting, by a replay |
 *
 * Each message has one id for life, so that the app knows a repetition, and shows the record as it is when it is sent.
 */
export const OUTGOING = "outgoing";

type App = Session<Settings>;

/** What happened to which record. */
export interface Happening {
  readonly resource: DeclaredResource;
  readonly verb: "created" | "changed" | "deleted";
  /** The message's own id where a record is created. */
  readonly id?: string;
  readonly parentId?: string | undefined;
}

/** Waits before each try after the first, ms. Source: what standardwebhooks.com recommends, without its last days. */
const WAITS_MS = [5_000, 300_000, 1_800_000, 7_200_000, 18_000_000, 36_000_000];
/** A draft that is older belongs to a piece of work that broke off, ms. */
const DRAFT_MS = 120_000;
const FLUSH_MAX = 50;
/** Waiting messages are looked for among so many, those that changed longest ago first. */
const PAGES_MAX = 20;

/** Writes a message down. @returns its id */
export async function enqueue(
  { book, now, settings }: App,
  { resource, verb, id = "", parentId = "" }: Happening,
): Promise<string> {
  if (settings.app.outgoing === undefined && verb !== "created") return "";
  const fields = {
    state: "draft",
    type: `${resource}.${verb}`,
    resource,
    verb,
    recordId: id,
    parentId,
    tries: 0,
    dueAt: now(),
    said: "",
  };
  const answer = await book.put({ resource: OUTGOING, fields, origin: "hub" }, { isTold: false });
  return answer.kind === "deleted" ? "" : answer.record.externalId;
}

/** What a message tells of is done: it is sent, at once if the app answers, else by and by. */
export async function ready(session: App, message: string): Promise<void> {
  if (message === "") return;
  if (session.settings.app.outgoing === undefined)
    return session.book.delete(OUTGOING, message, "hub", { isTold: false });
  await set(session, message, { state: "waiting" });
  await send(session, message);
}

/** Sends what is due. Called before each look at what the hub keeps. */
export async function flush(session: App): Promise<void> {
  if (session.settings.app.outgoing === undefined || !session.settings.writing) return;
  let cursor: string | undefined;
  let sent = 0;
  for (let page = 0; page < PAGES_MAX; page += 1) {
    const { records, next } = await session.book.list(OUTGOING, cursor === undefined ? {} : { cursor });
    for (const { externalId, fields, changedAt } of records) {
      if (fields.state === "draft" && session.now() - changedAt > DRAFT_MS)
        await settleDraft(session, externalId, fields);
      if (fields.state !== "waiting" || Number(fields.dueAt) > session.now() || sent >= FLUSH_MAX) continue;
      sent += 1;
      await send(session, externalId);
    }
    if (next === undefined) return;
    cursor = next;
  }
}

/** Sends a message once more, whatever came of it before. */
export async function replay(session: App, message: string): Promise<Fields | undefined> {
  const found = await session.book.read(OUTGOING, message);
  if (found === undefined) return undefined;
  await set(session, message, { state: "waiting", tries: 0, dueAt: session.now() });
  await send(session, message);
  return (await session.book.read(OUTGOING, message))?.fields;
}

/** The work broke off. Whether what it tells of came to be is seen in the book. */
async function settleDraft(session: App, message: string, { resource, recordId, verb }: Fields): Promise<void> {
  const id = recordId === "" ? message : String(recordId);
  const isThere = (await session.book.read(String(resource), id)) !== undefined;
  if (isThere === (verb !== "deleted")) await set(session, message, { state: "waiting" });
  else await session.book.delete(OUTGOING, message, "hub", { isTold: false });
}

async function send(session: App, message: string): Promise<void> {
  const { outgoing } = session.settings.app;
  const found = await session.book.read(OUTGOING, message);
  if (outgoing === undefined || found === undefined) return;
  const tries = Number(found.fields.tries) + 1;
  const json = await bodyOf(session, message, found.fields, found.createdAt);
  try {
    const headers = signed(session, message, JSON.stringify(json));
    const doing = `tell the app of ${String(found.fields.type)}`;
    const { status } = await session.http.request({ method: "POST", path: outgoing.path, json, headers, doing });
    await set(session, message, { state: "delivered", tries, said: `answered ${status}` });
  } catch (thrown) {
    const failure = asFailure(thrown);
    if (failure.kind === "bug") throw thrown;
    const wait = WAITS_MS[tries - 1];
    const retryAt = Math.max(session.now() + (wait ?? 0), failure.details.retryAt ?? 0);
    const state: Readonly<Record<string, Value>> = wait === undefined ? { state: "failed" } : { dueAt: retryAt };
    await set(session, message, { ...state, tries, said: failure.message });
  }
}

/** The record as it is now, in the app's own shape. Of one that is gone only the id. */
async function bodyOf(session: App, message: string, fields: Fields, createdAt: number): Promise<JsonObject> {
  const resource = String(fields.resource);
  const id = fields.recordId === "" ? message : String(fields.recordId);
  const record = fields.verb === "deleted" ? undefined : await session.book.read(resource, id);
  const { told = {} } = session.settings.app;
  // What is written down as a resource came from one.
  const declared = told[resource as DeclaredResource]?.fields ?? [];
  const shown = declared.reduce<JsonObject>((json, field) => {
    const value = record?.fields[field.key];
    return value === undefined ? json : withValueAt(json, field.path, fromModel(field, value));
  }, {});
  const parentId = record?.parentId ?? String(fields.parentId ?? "");
  const data = { ...shown, id, ...(parentId !== "" && { contactId: parentId }) };
  return { type: String(fields.type), timestamp: new Date(createdAt).toISOString(), data };
}

/** Source: the specification at standardwebhooks.com. */
function signed({ settings: { webhookSecret = "" }, now }: App, id: string, body: string): Record<string, string> {
  const at = String(Math.floor(now() / 1_000));
  const key = Buffer.from(webhookSecret.replace(/^whsec_/, ""), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${at}.${body}`).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}` };
}

async function set({ book }: App, message: string, values: Readonly<Record<string, Value>>): Promise<void> {
  const changes: Changes = Object.fromEntries(
    Object.entries(values).map(([key, value]) => [key, { kind: "set", value } as const]),
  );
  await book.update(OUTGOING, message, changes, { isTold: false });
}
