import { z } from "zod";
import {
  type Action,
  doingOf,
  type Effect,
  filledPath,
  type Operation,
  type OperationCall,
  type Session,
  type Trigger,
} from "../../kit/index.ts";
import { type AppDeclaration, DECLARED_RESOURCES, type DeclaredOperation } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { Changes, Fields, Value } from "../../model/value.ts";
import { adapterOf, type Declared, declaredOf } from "./resource.ts";
import type { Settings } from "./settings.ts";
import { outboxAction } from "./table.ts";
import { toldActions } from "./toldCatalogue.ts";

type App = Session<Settings>;
type Call = { readonly method: OperationCall["method"]; readonly path: string };

/** The catalogue of an app: what its records can be asked for, what tells of them, and whatever else is declared. */
export function catalogueOf(app: AppDeclaration): readonly Operation<Settings>[] {
  const ofRecords = DECLARED_RESOURCES.flatMap((resource) => {
    const declared = declaredOf(app, resource);
    return declared === undefined ? [] : [...recordActions(declared), triggerOf(app, declared)];
  });
  const taken = new Set(ofRecords.map(({ id }) => id));
  return [
    ...ofRecords,
    ...toldActions(app),
    ...outboxAction(app),
    ...app.operations.filter(({ id }) => !taken.has(id)).map(actionOfRequest),
  ];
}

const FieldValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.array(z.string()), z.null()]));
const RecordShown = z.object({
  id: z.string(),
  parentId: z.string().optional(),
  fields: z.record(z.string(), z.unknown()),
});
const Written = z.object({ id: z.string() });
const Id = z.string().min(1).describe("The record's id in the app.");

function recordActions(declared: Declared): readonly Action<Settings>[] {
  const { shape, resource, isChild } = declared;
  const adapter = adapterOf(declared);
  const parent: Readonly<Record<string, z.ZodType>> = isChild
    ? { contactId: z.string().min(1).describe("The contact that it belongs to.") }
    : {};
  const of = (about: About) => anAction(declared, about);
  const example = exampleFields(declared);
  const about = isChild ? { contactId: "c-1" } : {};
  const shown = { id: "1", fields: example };
  const { create, update } = shape;
  const remove = adapter.delete;
  return [
    of({
      verb: "list",
      title: `List ${resource}s`,
      effect: "reads",
      call: { method: shape.list.method, path: shape.list.path },
      input: z.strictObject({ ...optional(parent), cursor: z.string().optional() }),
      output: z.object({ records: z.array(RecordShown), next: z.string().optional() }),
      example: { input: about, output: { records: [shown] } },
      run: async (session, input) => {
        const page = await adapter.list(session, { ...parentOf(input), ...textOf(input, "cursor") });
        return { records: page.records.map(shownRecord), ...(page.next !== undefined && { next: page.next }) };
      },
    }),
    of({
      verb: "read",
      title: `Read a ${resource}`,
      effect: "reads",
      call: { method: "GET", path: shape.read.path },
      input: z.strictObject({ id: Id, ...optional(parent) }),
      output: RecordShown,
      example: { input: { id: "1", ...about }, output: shown },
      run: async (session, input) => {
        const found = await adapter.read(session, idOf(input), parentOf(input).parentId);
        if (found !== "gone") return shownRecord(found);
        throw new Failure("not_found", `There is no ${resource} ${idOf(input)} at ${declared.app}.`);
      },
    }),
    ...(create === undefined
      ? []
      : [
          of({
            verb: "create",
            title: `Create a ${resource}`,
            effect: "creates",
            call: { method: create.method, path: create.path },
            input: z.strictObject({ fields: FieldValues, ...parent }),
            output: Written,
            example: { input: { fields: example, ...about }, output: { id: "1" } },
            run: async (session, input) => {
              const made = await adapter.create(session, fieldsIn(input), parentOf(input).parentId);
              return { id: made.externalId };
            },
          }),
        ]),
    ...(update === undefined
      ? []
      : [
          of({
            verb: "update",
            title: `Change a ${resource}`,
            effect: "changes",
            call: { method: update.method, path: update.path },
            input: z.strictObject({ id: Id, fields: FieldValues, ...optional(parent) }),
            output: Written,
            example: { input: { id: "1", fields: example, ...about }, output: { id: "1" } },
            run: async (session, input) => {
              const { parentId } = parentOf(input);
              const before = await adapter.read(session, idOf(input), parentId);
              if (before === "gone") throw new Failure("not_found", `There is no ${resource} ${idOf(input)} any more.`);
              await adapter.update(session, idOf(input), changesIn(input), before.fields, parentId ?? before.parentId);
              return { id: idOf(input) };
            },
          }),
        ]),
    ...(remove === "unsupported" || shape.delete === undefined
      ? []
      : [
          of({
            verb: "delete",
            title: `Delete a ${resource}`,
            effect: "deletes",
            call: { method: shape.delete.method, path: shape.delete.path },
            input: z.strictObject({ id: Id, ...optional(parent) }),
            output: Written,
            example: { input: { id: "1", ...about }, output: { id: "1" } },
            run: async (session, input) => {
              await remove(session, idOf(input), parentOf(input).parentId);
              return { id: idOf(input) };
            },
          }),
        ]),
  ];
}

interface About {
  readonly verb: string;
  readonly title: string;
  readonly effect: Effect;
  readonly call: Call;
  readonly input: z.ZodType;
  readonly output: z.ZodType;
  readonly example: { readonly input: unknown; readonly output: unknown };
  readonly run: (session: App, input: Readonly<Record<string, unknown>>) => Promise<unknown>;
}

function anAction({ app, resource }: Declared, { verb, call, ...rest }: About): Action<Settings> {
  return {
    kind: "action",
    id: `${resource}.${verb}`,
    subject: subjectOf(resource),
    description: `${rest.title} of ${app}.`,
    scopes: [],
    source: "the app's declaration",
    generations: [GENERATION],
    calls: [{ ...call, generation: GENERATION }],
    ...rest,
  };
}

/** An app of the user's own has one API, of the generation that its declaration describes. */
const GENERATION = "declared";

const POLL_WORDS_MS = 60_000;

function triggerOf(app: AppDeclaration, declared: Declared): Trigger {
  const { resource } = declared;
  const events = (app.webhooks?.events ?? []).filter((event) => event.resource === resource).map(({ name }) => name);
  const isTold = events.length > 0;
  return {
    kind: "trigger",
    id: `${resource}.changed`,
    subject: subjectOf(resource),
    title: `A ${resource} was added or changed`,
    description: `${app.name} has another ${resource}, or one that is not as it was.`,
    effect: "reads",
    scopes: [],
    source: "the app's declaration",
    generations: [GENERATION],
    firedBy: isTold ? { kind: "webhook", events } : { kind: "poll", operation: `${resource}.list` },
    delay: isTold
      ? { words: "as soon as the app's webhook comes", ms: 5_000 }
      : { words: "with the next poll, whose rhythm is the sync's", ms: POLL_WORDS_MS },
    output: RecordShown,
    example: { output: { id: "1", fields: exampleFields(declared) } },
  };
}

/** A further request as it was declared: parameters as inputs, and the body as it stands. */
function actionOfRequest(declared: DeclaredOperation): Action<Settings> {
  const { id, title, subject, description, method, path, inputs, hasBody } = declared;
  const effect = effectOf(declared);
  const input = z.strictObject({
    ...Object.fromEntries(inputs.map((one) => [one.name, inputShape(one)])),
    ...(hasBody && { body: z.unknown().optional() }),
  });
  return {
    kind: "action",
    id,
    subject,
    title,
    description: description === "" ? `${method} ${path}` : description,
    effect,
    scopes: [],
    source: "the app's declaration",
    generations: [GENERATION],
    calls: [{ method, path, generation: GENERATION }],
    input,
    output: z.unknown(),
    example: { input: exampleInput(declared), output: {} },
    run: async ({ http }, given) => {
      const query = inputs.flatMap(({ name, in: where }) =>
        where === "query" && given[name] !== undefined ? [[name, given[name]] as const] : [],
      );
      const answer = await http.request({
        method,
        path: filledPath(path, given),
        // Inputs of a query are declared as plain values.
        query: Object.fromEntries(query) as Record<string, string | number | boolean>,
        ...(hasBody && given.body !== undefined && { json: given.body }),
        isRead: effect === "reads",
        doing: doingOf(title),
      });
      return answer.body ?? {};
    },
  };
}

function effectOf({ method, isRead }: DeclaredOperation): Effect {
  if (method === "GET" || isRead === true) return "reads";
  if (method === "DELETE") return "deletes";
  return method === "POST" ? "creates" : "changes";
}

function inputShape({ type, in: where, isRequired, description }: DeclaredOperation["inputs"][number]): z.ZodType {
  const plain = { string: z.string().min(1), number: z.number(), boolean: z.boolean() }[type];
  const described = description === "" ? plain : plain.describe(description);
  return isRequired || where === "path" ? described : described.optional();
}

function exampleInput({ inputs }: DeclaredOperation): Readonly<Record<string, unknown>> {
  const value = { string: "1", number: 1, boolean: true };
  const wanted = inputs.filter(({ in: where, isRequired }) => isRequired || where === "path");
  return Object.fromEntries(wanted.map(({ name, type }) => [name, value[type]]));
}

function subjectOf(resource: string): string {
  return `${resource.charAt(0).toUpperCase()}${resource.slice(1)}s`;
}

/** Invented values for the first few fields that can be written. */
function exampleFields({ shape }: Declared): Readonly<Record<string, Value>> {
  const EXAMPLES: Partial<Record<string, Value>> = {
    email: "ana@example.com",
    phone: "+12015550123",
    set: ["one"],
    boolean: true,
    number: 1,
    date: "2031-03-04",
    dateTime: "2031-03-04T09:30:00.000Z",
  };
  const some = shape.fields.filter(({ isWritable }) => isWritable).slice(0, 4);
  return Object.fromEntries(some.map(({ key, type, label }) => [key, EXAMPLES[type] ?? label]));
}

function optional(shape: Readonly<Record<string, z.ZodType>>): Record<string, z.ZodType> {
  return Object.fromEntries(Object.entries(shape).map(([name, one]) => [name, one.optional()]));
}

function shownRecord({ externalId, parentId, fields }: { externalId: string; parentId?: string; fields: Fields }) {
  return { id: externalId, ...(parentId !== undefined && { parentId }), fields };
}

function idOf(input: Readonly<Record<string, unknown>>): string {
  return String(input.id);
}

function parentOf(input: Readonly<Record<string, unknown>>): { readonly parentId?: string } {
  return input.contactId === undefined ? {} : { parentId: String(input.contactId) };
}

function textOf(input: Readonly<Record<string, unknown>>, name: string): Readonly<Record<string, string>> {
  return input[name] === undefined ? {} : { [name]: String(input[name]) };
}

/** Null empties a field; a create has nothing to empty. */
function fieldsIn(input: Readonly<Record<string, unknown>>): Fields {
  const given = FieldValues.parse(input.fields);
  return Object.fromEntries(Object.entries(given).flatMap(([key, value]) => (value === null ? [] : [[key, value]])));
}

function changesIn(input: Readonly<Record<string, unknown>>): Changes {
  const given = FieldValues.parse(input.fields);
  return Object.fromEntries(
    Object.entries(given).map(([key, value]) => [
      key,
      value === null ? ({ kind: "clear" } as const) : ({ kind: "set", value } as const),
    ]),
  );
}
