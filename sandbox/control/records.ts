import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { controlScope } from "./scope.ts";

/** What a product keeps beside contacts and what belongs to them, in the plural as the control API names it. */
export const RECORD_KINDS = ["businesses", "opportunities", "tags"] as const;

/** One of `RECORD_KINDS`. */
export type RecordKind = (typeof RECORD_KINDS)[number];

/**
 * A record's fields under friendly names that are the same for every product; a product leaves out what it lacks. An
 * opportunity names its contact as `contactId`, and its `pipeline` and `stage` by name.
 */
export type RecordFields = Readonly<Record<string, string>>;

/** A record as its product's own screen would show it. */
export type DeskRecord = { readonly id: string; readonly fields: RecordFields };

/** What a person can do with the records of one kind. Throws `Refusal` as the API does. */
export type RecordDesk = {
  /** In the order in which they were made. */
  readonly list: () => DeskRecord[];
  readonly create: (fields: RecordFields) => DeskRecord;
  /** Changes the named fields; an empty text clears one. */
  readonly edit: (id: string, fields: RecordFields) => DeskRecord;
  readonly remove: (id: string) => void;
};

/** The desks of a product, by kind. */
export type RecordDesks = Readonly<Record<RecordKind, RecordDesk>>;

const KindAndId = z.object({ kind: z.enum(RECORD_KINDS), id: z.string() });
const Kind = KindAndId.pick({ kind: true });
const Plain = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Body = z.record(z.string(), z.union([Plain, z.null().transform(() => "")]));

/** Puts a person's acts on these records under `/_control/`. */
export function recordRoutes(app: FastifyInstance, desks: RecordDesks): void {
  controlScope(app, (scope) => {
    scope.get("/records/:kind", (request, reply) => {
      const { kind } = Kind.parse(request.params);
      return reply.send({ [kind]: desks[kind].list() });
    });
    scope.post("/records/:kind", (request, reply) => {
      const { kind } = Kind.parse(request.params);
      return reply.code(201).send(desks[kind].create(Body.parse(request.body)));
    });
    scope.patch("/records/:kind/:id", (request, reply) => {
      const { kind, id } = KindAndId.parse(request.params);
      return reply.send(desks[kind].edit(id, Body.parse(request.body)));
    });
    scope.delete("/records/:kind/:id", (request, reply) => {
      const { kind, id } = KindAndId.parse(request.params);
      desks[kind].remove(id);
      return reply.code(204).send();
    });
  });
}
