import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { DeskContact } from "./desk.ts";
import { controlScope } from "./scope.ts";

/** What can belong to a contact, in the plural as the control API names it. */
export const CHILD_KINDS = ["notes", "tasks", "appointments"] as const;

/** One of `CHILD_KINDS`. */
export type ChildKind = (typeof CHILD_KINDS)[number];

/**
 * A child's fields under friendly names that are the same for every product. Notes: `title`, `body`. Tasks: `title`,
 * `body`, `dueAt`, `isCompleted` (`true` or `false`). Appointments: `title`, `notes`, `startsAt`, `endsAt`, `location`,
 * `state`. Times are ISO 8601 in UTC. A product leaves out what it lacks.
 */
export type ChildFields = Readonly<Record<string, string>>;

/** A note, task or appointment as its product's own screen would show it. */
export type DeskChild = { readonly id: string; readonly contactId: string; readonly fields: ChildFields };

/** What a person can do with the notes, tasks and appointments of contacts. Throws `Refusal` as the API does. */
export type ChildDesk = {
  /** Those of one contact, in the order in which they were made. */
  readonly list: (kind: ChildKind, contactId: string) => DeskChild[];
  readonly create: (kind: ChildKind, contactId: string, fields: ChildFields) => DeskChild;
  /** Changes the named fields; an empty text clears one. `isCompleted` completes a task, or opens it again. */
  readonly edit: (kind: ChildKind, id: string, fields: ChildFields) => DeskChild;
  readonly remove: (kind: ChildKind, id: string) => void;
};

/** What else a person can do to whole contacts. A product that cannot do one of them leaves it out. */
export type ContactActs = {
  /** Makes one contact of two: the survivor keeps its id and gets what it lacks, the other's id is retired. */
  readonly merge?: (survivorId: string, retiredId: string) => DeskContact;
  /** Brings a deleted contact back under its old id. */
  readonly restore?: (id: string) => DeskContact;
};

const KindAndId = z.object({ kind: z.enum(CHILD_KINDS), id: z.string() });
const Id = z.object({ id: z.string() });
const Plain = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const Body = z.record(z.string(), z.union([Plain, z.null().transform(() => "")]));
const MergeBody = z.strictObject({ retired: z.string() });

/** Puts a person's acts on notes, tasks and appointments under `/_control/`. */
export function childRoutes(app: FastifyInstance, desk: ChildDesk): void {
  controlScope(app, (scope) => {
    scope.get("/contacts/:id/:kind", (request, reply) => {
      const { id, kind } = KindAndId.parse(request.params);
      return reply.send({ [kind]: desk.list(kind, id) });
    });
    scope.post("/contacts/:id/:kind", (request, reply) => {
      const { id, kind } = KindAndId.parse(request.params);
      return reply.code(201).send(desk.create(kind, id, Body.parse(request.body)));
    });
    scope.patch("/children/:kind/:id", (request, reply) => {
      const { id, kind } = KindAndId.parse(request.params);
      return reply.send(desk.edit(kind, id, Body.parse(request.body)));
    });
    scope.delete("/children/:kind/:id", (request, reply) => {
      const { id, kind } = KindAndId.parse(request.params);
      desk.remove(kind, id);
      return reply.code(204).send();
    });
  });
}

/** Puts merging and restoring under `/_control/`, as far as the product can do them. */
export function contactActRoutes(app: FastifyInstance, { merge, restore }: ContactActs): void {
  controlScope(app, (scope) => {
    if (merge !== undefined) {
      scope.post("/contacts/:id/merge", (request, reply) =>
        reply.send(merge(Id.parse(request.params).id, MergeBody.parse(request.body).retired)),
      );
    }
    if (restore !== undefined) {
      scope.post("/contacts/:id/restore", (request, reply) => reply.send(restore(Id.parse(request.params).id)));
    }
  });
}
