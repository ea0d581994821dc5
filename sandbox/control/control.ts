import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { PLAIN_PEOPLE_MAX } from "../people.ts";
import type { Call, CallLog } from "./calls.ts";
import type { Desk, DeskContact, DeskFields, SeedContact } from "./desk.ts";
import type { Faults, WebhookFaults } from "./faults.ts";
import type { Limits } from "./limiter.ts";
import type { SentWebhook } from "./outbox.ts";
import { controlScope } from "./scope.ts";
import type { Settings } from "./settings.ts";

/** Every operation of the control API, in process. The routes under `/_control/` call exactly these. */
export type Control<Quirks> = {
  readonly contacts: {
    readonly list: (query?: string, offset?: number, limit?: number) => { contacts: DeskContact[]; total: number };
    readonly create: (fields: DeskFields) => DeskContact;
    readonly edit: (id: string, fields: DeskFields) => DeskContact;
    readonly remove: (id: string) => void;
    /** Makes so many plain contacts, unlike each other, equal in every emulator for the same seed. No webhooks. */
    readonly bulk: (count: number, seed: number) => { count: number };
  };
  /** Forgets all records, calls, webhooks and faults, and begins anew with so many invented contacts. */
  readonly reset: (seed: number, contacts: number) => { count: number };
  readonly calls: {
    readonly list: (since?: number) => { calls: Call[]; counts: Record<string, number> };
    readonly clear: () => void;
  };
  readonly faults: {
    readonly get: () => FaultState;
    /** Takes a list of faults, or `{faults?, webhooks?}`; what is not named stays. */
    readonly set: (change: unknown) => FaultState;
  };
  readonly quirks: Settings<Quirks>;
  readonly limits: Settings<Limits>;
  readonly webhooks: { readonly list: () => SentWebhook[]; readonly flush: () => Promise<void> };
  readonly state: (id: string) => unknown;
};

/** The misbehaviours in force. */
export type FaultState = { faults: ReturnType<Faults["get"]>; webhooks: WebhookFaults };

/** What the control operations work on. `populate` invents contacts for a reset, `plain` for a bulk. */
export type ControlParts<Quirks> = {
  readonly desk: Desk;
  readonly calls: CallLog;
  readonly faults: Faults;
  readonly webhookFaults: Settings<WebhookFaults>;
  readonly quirks: Settings<Quirks>;
  readonly limits: Settings<Limits>;
  readonly outbox: { log: () => SentWebhook[]; flush: () => Promise<void>; clear: () => void };
  readonly populate: (seed: number, count: number) => readonly SeedContact[];
  readonly plain: (seed: number, count: number) => readonly SeedContact[];
};

/** Gathers the control operations of one emulator. */
export function createControl<Quirks>(parts: ControlParts<Quirks>): Control<Quirks> {
  const { desk, calls, faults, webhookFaults, quirks, limits, outbox } = parts;
  const faultState = (): FaultState => ({ faults: faults.get(), webhooks: webhookFaults.get() });
  const seed = (contacts: readonly SeedContact[]) => {
    desk.seed(contacts);
    return { count: contacts.length };
  };
  return {
    contacts: {
      list: (query = "", offset = 0, limit = 50) => desk.list(query, offset, limit),
      create: desk.create,
      edit: desk.edit,
      remove: desk.remove,
      bulk: (count, from) => seed(parts.plain(from, count)),
    },
    reset: (from, contacts) => {
      desk.clear();
      calls.clear();
      outbox.clear();
      faults.set([]);
      webhookFaults.set(NO_WEBHOOK_FAULTS);
      return seed(parts.populate(from, contacts));
    },
    calls: {
      list: (since = 0) => ({ calls: calls.since(since), counts: calls.counts() }),
      clear: calls.clear,
    },
    faults: {
      get: faultState,
      set: (change) => {
        const wanted = FaultChange.parse(Array.isArray(change) ? { faults: change } : change);
        if (wanted.faults !== undefined) faults.set(wanted.faults);
        if (wanted.webhooks !== undefined) webhookFaults.set(wanted.webhooks);
        return faultState();
      },
    },
    quirks,
    limits,
    webhooks: { list: outbox.log, flush: outbox.flush },
    state: desk.state,
  };
}

const NO_WEBHOOK_FAULTS: WebhookFaults = { lose: 0, double: 0, lateMs: 0, shuffle: false, forge: 0 };
const FaultChange = z.strictObject({ faults: z.array(z.unknown()).optional(), webhooks: z.unknown().optional() });
const IdParams = z.object({ id: z.string() });
const ListQuery = z.object({
  query: z.string().default(""),
  offset: z.coerce.number().int().min(0).default(0),
  limit: z.coerce.number().int().min(1).max(1_000).default(50),
});
const SinceQuery = z.object({ since: z.coerce.number().int().min(0).default(0) });
const BulkBody = z.object({ count: z.number().int().min(1).max(PLAIN_PEOPLE_MAX), seed: z.number().int().default(1) });
const ResetBody = z.object({
  seed: z.number().int().default(1),
  contacts: z.number().int().min(0).max(100_000).default(0),
});
const Plain = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const DeskBody = z.record(z.string(), z.union([Plain, z.array(Plain), z.null().transform(() => "")]));

/** Puts the control operations under `/_control/`. No sign-in: an emulator listens on 127.0.0.1 only. */
export function controlRoutes<Quirks>(app: FastifyInstance, control: Control<Quirks>): void {
  controlScope(app, (scope) => {
    contactRoutes(scope, control);
    settingRoutes(scope, control);
    recordRoutes(scope, control);
  });
}

function contactRoutes<Quirks>(app: FastifyInstance, { contacts }: Control<Quirks>): void {
  app.get("/contacts", (request, reply) => {
    const { query, offset, limit } = ListQuery.parse(request.query);
    return reply.send(contacts.list(query, offset, limit));
  });
  app.post("/contacts", (request, reply) => reply.code(201).send(contacts.create(DeskBody.parse(request.body))));
  app.post("/contacts/bulk", (request, reply) => {
    const { count, seed } = BulkBody.parse(request.body);
    return reply.code(201).send(contacts.bulk(count, seed));
  });
  app.patch("/contacts/:id", (request, reply) =>
    reply.send(contacts.edit(IdParams.parse(request.params).id, DeskBody.parse(request.body))),
  );
  app.delete("/contacts/:id", (request, reply) => {
    contacts.remove(IdParams.parse(request.params).id);
    return reply.code(204).send();
  });
}

function settingRoutes<Quirks>(app: FastifyInstance, { faults, quirks, limits }: Control<Quirks>): void {
  for (const [path, settings] of Object.entries({ "/faults": faults, "/quirks": quirks, "/limits": limits })) {
    app.get(path, (_request, reply) => reply.send(settings.get()));
    app.put(path, (request, reply) => reply.send(settings.set(request.body)));
  }
}

function recordRoutes<Quirks>(app: FastifyInstance, control: Control<Quirks>): void {
  app.get("/calls", (request, reply) => reply.send(control.calls.list(SinceQuery.parse(request.query).since)));
  app.delete("/calls", (_request, reply) => {
    control.calls.clear();
    return reply.code(204).send();
  });
  app.get("/webhooks", (_request, reply) => reply.send({ webhooks: control.webhooks.list() }));
  app.post("/webhooks/flush", async (_request, reply) => {
    await control.webhooks.flush();
    return reply.code(204).send();
  });
  app.get("/state/:id", (request, reply) => {
    const state = control.state(IdParams.parse(request.params).id);
    return state === undefined ? reply.code(404).send({ message: "No such record" }) : reply.send(state);
  });
  app.post("/reset", (request, reply) => {
    const { seed, contacts } = ResetBody.parse(request.body ?? {});
    return reply.send(control.reset(seed, contacts));
  });
}
