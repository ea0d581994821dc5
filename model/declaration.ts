import { z } from "zod";
import { APPOINTMENT_FIELDS, NOTE_FIELDS, TASK_FIELDS } from "./children.ts";
import { CONTACT_FIELDS } from "./contact.ts";
import { FIELD_TYPES, type FieldType } from "./field.ts";

/**
 * What an app of the user's own is, as data: where its API is, how one signs in, how each kind of record is listed, read
 * and written, and which of its fields is which of ours. It holds no secret, so it can be exported to a file, committed,
 * and given to another hub.
 */

/** The kinds of record that an app can declare. */
export const DECLARED_RESOURCES = ["contact", "note", "task", "appointment"] as const;
export type DeclaredResource = (typeof DECLARED_RESOURCES)[number];

/** The fields of the model by resource, with the type each is compared as. */
export const STANDARD_FIELDS: Readonly<Record<DeclaredResource, Readonly<Record<string, FieldType>>>> = {
  contact: CONTACT_FIELDS,
  note: NOTE_FIELDS,
  task: TASK_FIELDS,
  appointment: APPOINTMENT_FIELDS,
};

/** Where something stands in JSON: names and places of lists with dots between; empty for the whole. */
export const JsonPath = z
  .string()
  .max(200)
  .regex(/^$|^[^.\s][^.]*(\.[^.]+)*$/, "is names with dots between, for instance data.items")
  .refine((path) => !path.split(".").some((name) => FORBIDDEN_NAMES.has(name)), "names what no record has");

/** Names that mean something to the language itself. */
const FORBIDDEN_NAMES = new Set(["__proto__", "constructor", "prototype"]);

/** A path under the base address; `{id}` and `{parentId}` are filled in. */
export const UrlPath = z
  .string()
  .max(300)
  .regex(/^\/(?!\/)[^\s?#\\]*$/, "begins with one slash and has no query, for instance /contacts/{id}");

const Name = z.string().min(1).max(100);
const Method = z.enum(["GET", "POST", "PUT", "PATCH", "DELETE"]);
const HeaderName = z.string().regex(/^[A-Za-z0-9-]{1,60}$/, "is a header's name: letters, digits, hyphens");
const HeaderValue = z
  .string()
  .max(300)
  .regex(/^[\x20-\x7e]*$/, "may hold plain characters only");
/** Sent always with a request, as they stand. */
const Query = z.record(Name, z.union([z.string(), z.number(), z.boolean()])).default({});

/** An address that is asked; https, or http within the operator's own network. */
const Address = z.url({ protocol: /^https?$/ }).max(500);

/** How one signs in. The secret itself is the connection's credential and stands nowhere here. */
export const SignIn = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("apiKey"),
    in: z.enum(["header", "query"]).default("header"),
    name: HeaderName.describe("Name of the header or of the query parameter that the key is sent in."),
    prefix: HeaderValue.default("").describe("What stands before the key, for instance `Key `."),
  }),
  z.strictObject({ kind: z.literal("bearer") }),
  z.strictObject({ kind: z.literal("basic") }),
  z.strictObject({
    kind: z.literal("oauth"),
    authorizeUrl: Address,
    tokenUrl: Address,
    scopes: z.array(Name).max(100).default([]),
  }),
  z.strictObject({
    kind: z.literal("clientCredentials"),
    tokenUrl: Address,
    scopes: z.array(Name).max(100).default([]),
  }),
]);
export type SignIn = z.infer<typeof SignIn>;

/** How a listing goes on after its first page. Sizes are records. */
export const Paging = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("none") }),
  z.strictObject({
    kind: z.literal("page"),
    parameter: Name,
    first: z.int().min(0).max(1).default(1),
    sizeParameter: Name.optional(),
    size: z.int().min(1).max(10_000),
    total: JsonPath.optional(),
  }),
  z.strictObject({
    kind: z.literal("offset"),
    parameter: Name,
    sizeParameter: Name.optional(),
    size: z.int().min(1).max(10_000),
    total: JsonPath.optional(),
  }),
  z.strictObject({
    kind: z.literal("cursor"),
    parameter: Name,
    /** Where an answer tells the next cursor; nothing, null or an empty text there ends the listing. */
    at: JsonPath,
    sizeParameter: Name.optional(),
    size: z.int().min(1).max(10_000).optional(),
  }),
  z.strictObject({
    kind: z.literal("link"),
    /** Where an answer tells the next page's address; the header `Link` with `rel="next"` when absent. */
    at: JsonPath.optional(),
    sizeParameter: Name.optional(),
    size: z.int().min(1).max(10_000).optional(),
  }),
]);
export type Paging = z.infer<typeof Paging>;

/** How moments are written. */
export const TIME_FORMS = ["iso", "epochMs", "epochSeconds"] as const;
export type TimeForm = (typeof TIME_FORMS)[number];

/** How a field's value is written where JSON's own way is not it: a moment as a number, a list in one text. */
export const VALUE_FORMS = ["natural", "epochMs", "epochSeconds", "commaText", "text"] as const;
export type ValueForm = (typeof VALUE_FORMS)[number];

const Scalar = z.union([z.string(), z.number(), z.boolean()]);

/** One field: where it stands in the app's JSON, and which field of ours it is. */
export const DeclaredField = z.strictObject({
  key: z.string().regex(/^[A-Za-z][\w.-]{0,79}$/, "is letters, digits, dots and hyphens, beginning with a letter"),
  label: z.string().min(1).max(100),
  path: JsonPath.min(1),
  type: z.enum(FIELD_TYPES),
  isWritable: z.boolean().default(true),
  /** The field of ours that it corresponds to. */
  standard: z.string().min(1).max(40).optional(),
  written: z.enum(VALUE_FORMS).default("natural"),
  /** The app's words beside ours, for instance `done` beside `true`. What is not named is taken as it stands. */
  values: z
    .array(z.strictObject({ theirs: Scalar, ours: Scalar }))
    .max(200)
    .optional(),
  /** What is sent to empty it; null when absent. A list is emptied by an empty list. */
  emptyAs: z.enum(["null", "emptyText"]).default("null"),
  maxLength: z.int().min(1).optional(),
  options: z.array(z.string()).max(500).optional(),
});
export type DeclaredField = z.infer<typeof DeclaredField>;

/** How the records of a kind are listed. */
export const DeclaredList = z.strictObject({
  method: z.enum(["GET", "POST"]).default("GET"),
  path: UrlPath,
  query: Query,
  /** Where the records stand in the answer; empty where the answer is the list itself. */
  records: JsonPath.default(""),
  paging: Paging.default({ kind: "none" }),
  /** The parameter that asks for what changed at or after a time; without one, polls read everything. */
  since: z.strictObject({ parameter: Name, as: z.enum(TIME_FORMS).default("iso") }).optional(),
  /** Of children: the parameter that asks for those of one contact. Not needed where the path holds `{parentId}`. */
  parentParameter: Name.optional(),
  /** Whether a row shows every field as a direct read does. */
  isComplete: z.boolean().default(true),
  /** How long after a write a list may still show the old value, ms. */
  lagMs: z.int().min(0).max(3_600_000).default(0),
  /** How far back of the last change each poll looks again, ms. */
  overlapMs: z.int().min(0).max(604_800_000).default(60_000),
});
export type DeclaredList = z.infer<typeof DeclaredList>;

/** A create or an update: where its fields go in the body, and where its answer shows the record. */
const Write = z.strictObject({
  method: z.enum(["POST", "PUT", "PATCH"]),
  path: UrlPath,
  query: Query,
  /** Where the fields go in the body; empty where the body is the record. */
  body: JsonPath.default(""),
  /** Sent in the body beside the fields, as it stands. */
  constant: z.record(Name, z.unknown()).default({}),
  /** Where the answer shows the record; absent where it shows none. */
  record: JsonPath.optional(),
});

/** How one kind of record is reached. */
export const DeclaredResourceShape = z.strictObject({
  list: DeclaredList,
  read: z.strictObject({ path: UrlPath, query: Query, record: JsonPath.default("") }),
  create: Write.extend({
    method: z.enum(["POST", "PUT"]).default("POST"),
    /** Where the answer tells the new id, where it does not show the record. */
    id: JsonPath.optional(),
    /** Where the contact's id goes in the body, of children whose path does not hold it. */
    parent: JsonPath.optional(),
  }).optional(),
  update: Write.extend({
    method: z.enum(["PUT", "PATCH", "POST"]).default("PATCH"),
    /** `changes`: only what changed is sent. `whole`: every field that can be written, for an app that replaces all. */
    sends: z.enum(["changes", "whole"]).default("changes"),
  }).optional(),
  delete: z.strictObject({ method: z.enum(["DELETE", "POST"]).default("DELETE"), path: UrlPath }).optional(),
  /** The parameters of the list that look a contact up; without them nobody is looked up by it. */
  find: z.strictObject({ email: Name.optional(), phone: Name.optional() }).default({}),
  id: JsonPath.min(1).default("id"),
  /** Of children: where the contact's id stands. Not needed where every path holds `{parentId}`. */
  parentId: JsonPath.optional(),
  changedAt: z.strictObject({ path: JsonPath.min(1), as: z.enum(TIME_FORMS).default("iso") }).optional(),
  /** What shows that a record is deleted where it can still be read: a field that holds this, or anything at all. */
  deleted: z.strictObject({ path: JsonPath.min(1), is: Scalar.optional() }).optional(),
  fields: z.array(DeclaredField).min(1).max(500),
});
export type DeclaredResourceShape = z.infer<typeof DeclaredResourceShape>;

/** A kind of record of which webhooks tell everything: there is nothing to ask, and the hub keeps what they told. */
export const ToldResource = z.strictObject({ fields: z.array(DeclaredField).min(1).max(500) });
export type ToldResource = z.infer<typeof ToldResource>;

/** A name in a database: letters, digits and underscores; before it, with a dot, the schema. */
const SqlName = z
  .string()
  .regex(/^[A-Za-z_]\w{0,62}(\.[A-Za-z_]\w{0,62})?$/, "is a name of letters, digits and underscores");
const Column = z.string().regex(/^[A-Za-z_]\w{0,62}$/, "is a column's name: letters, digits and underscores");

/** A table whose rows are records. The path of each field is the name of its column. */
export const DeclaredTable = z.strictObject({
  table: SqlName,
  /** The primary key, which the database makes by itself. */
  id: Column.default("id"),
  /** Of children: the column that holds the contact's id. */
  parentId: Column.optional(),
  /** A column that every change sets; without one, and without an outbox, polls read the whole table. */
  changedAt: Column.optional(),
  /** A column that is set where a row counts as deleted; rows are deleted for good when absent. */
  deletedAt: Column.optional(),
  fields: z
    .array(DeclaredField.extend({ path: Column }))
    .min(1)
    .max(500),
});
export type DeclaredTable = z.infer<typeof DeclaredTable>;

/** A database that is the app. User and password are the connection's credential: `user:password`. */
export const DeclaredDatabase = z.strictObject({
  kind: z.enum(["postgres", "mysql"]),
  host: z.string().regex(/^[A-Za-z0-9.:-]{1,253}$/, "is a host name or an address"),
  port: z.int().min(1).max(65_535),
  database: Column,
  isEncrypted: z.boolean().default(true),
  /** The table that triggers write each change to, where there is one; see the operation `database.outbox`. */
  outbox: SqlName.optional(),
});
export type DeclaredDatabase = z.infer<typeof DeclaredDatabase>;

/** How the app proves its webhooks: `standard` is the scheme of standardwebhooks.com. The secret is a setting. */
export const WebhookProof = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("hmac"),
    header: HeaderName,
    algorithm: z.enum(["sha256", "sha1", "sha512"]).default("sha256"),
    encoding: z.enum(["hex", "base64"]).default("hex"),
    /** What stands before the signature in the header, for instance `sha256=`. */
    prefix: HeaderValue.default(""),
  }),
  z.strictObject({ kind: z.literal("token"), header: HeaderName, prefix: HeaderValue.default("") }),
  z.strictObject({ kind: z.literal("standard") }),
]);
export type WebhookProof = z.infer<typeof WebhookProof>;

/** What the app's webhooks tell, and where. */
export const DeclaredWebhooks = z.strictObject({
  proof: WebhookProof,
  /** Where the event's name stands. */
  type: JsonPath.default("type"),
  /** Where the delivery's id stands, the same when it is sent again; each is taken for a new one when absent. */
  deliveryId: JsonPath.optional(),
  occurredAt: z.strictObject({ path: JsonPath.min(1), as: z.enum(TIME_FORMS).default("iso") }).optional(),
  events: z
    .array(
      z.strictObject({
        /** The event's name; a star at its end stands for anything. */
        name: Name,
        resource: z.enum(DECLARED_RESOURCES),
        id: JsonPath.min(1),
        parentId: JsonPath.optional(),
        /** Of records that only webhooks tell of: where the record stands in the message; absent for the whole of it. */
        record: JsonPath.optional(),
        /** Of such records: whether the event says that it is deleted. */
        isDeletion: z.boolean().optional(),
      }),
    )
    .max(100),
});
export type DeclaredWebhooks = z.infer<typeof DeclaredWebhooks>;

/** One further request that the catalogue offers. */
export const DeclaredOperation = z.strictObject({
  id: z.string().regex(/^[A-Za-z][\w.-]{0,119}$/, "is letters, digits, dots and hyphens"),
  title: z.string().min(1).max(200),
  subject: z.string().min(1).max(100).default("Other"),
  description: z.string().max(2_000).default(""),
  method: Method,
  path: UrlPath,
  /** Whether it changes nothing, whatever its method. */
  isRead: z.boolean().optional(),
  inputs: z
    .array(
      z.strictObject({
        name: Name,
        in: z.enum(["path", "query"]),
        type: z.enum(["string", "number", "boolean"]).default("string"),
        isRequired: z.boolean().default(false),
        description: z.string().max(500).default(""),
      }),
    )
    .max(100)
    .default([]),
  hasBody: z.boolean().default(false),
});
export type DeclaredOperation = z.infer<typeof DeclaredOperation>;

/** At most so many calls in any so many milliseconds. */
const Limit = z.strictObject({ requests: z.int().min(1), perMs: z.int().min(100).max(86_400_000) });

/** A whole app. */
export const AppDeclaration = z
  .strictObject({
    name: z.string().trim().min(1).max(60).describe("What people call the app."),
    baseUrl: Address.describe("The address that every path is under."),
    signIn: SignIn.default({ kind: "bearer" }),
    /** Sent with every request. */
    headers: z.record(HeaderName, HeaderValue).default({}),
    /** A path that proves the sign-in when it is read; the first page of the contacts when absent. */
    check: UrlPath.optional(),
    limits: z
      .array(Limit)
      .max(5)
      .default([{ requests: 5, perMs: 1_000 }]),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/, "must be two capital letters, for instance US")
      .default("US")
      .describe("Country of phones written without a country code, ISO 3166-1 alpha-2."),
    resources: z.strictObject({
      contact: DeclaredResourceShape.optional(),
      note: DeclaredResourceShape.optional(),
      task: DeclaredResourceShape.optional(),
      appointment: DeclaredResourceShape.optional(),
    }),
    /** Kinds of record that only webhooks tell of. */
    told: z
      .strictObject({
        contact: ToldResource.optional(),
        note: ToldResource.optional(),
        task: ToldResource.optional(),
        appointment: ToldResource.optional(),
      })
      .optional(),
    /** Where the app is a database: which, and the tables of the kinds of record that it has. */
    database: DeclaredDatabase.optional(),
    tables: z
      .strictObject({
        contact: DeclaredTable.optional(),
        note: DeclaredTable.optional(),
        task: DeclaredTable.optional(),
        appointment: DeclaredTable.optional(),
      })
      .optional(),
    /** Where the hub tells the app of what changed in such records, by signed webhooks. */
    outgoing: z.strictObject({ path: UrlPath }).optional(),
    webhooks: DeclaredWebhooks.optional(),
    operations: z.array(DeclaredOperation).max(2_000).default([]),
  })
  .superRefine((app, context) => {
    for (const issue of declarationIssues(app)) context.addIssue({ code: "custom", ...issue });
  });
export type AppDeclaration = z.infer<typeof AppDeclaration>;

interface Issue {
  readonly path: (string | number)[];
  readonly message: string;
}

/** What no single field shows: fields of one key, standards of another type, children without their contact. */
function declarationIssues(app: Pick<AppDeclaration, "resources" | "told" | "tables" | "database">): Issue[] {
  const lost = app.tables !== undefined && app.database === undefined;
  const where: Issue[] = lost ? [{ path: ["database"], message: "is missing: where the tables are" }] : [];
  return where.concat(DECLARED_RESOURCES.flatMap((resource) => resourceIssues(app, resource)));
}

function resourceIssues(
  app: Pick<AppDeclaration, "resources" | "told" | "tables">,
  resource: DeclaredResource,
): Issue[] {
  const table = app.tables?.[resource];
  if (table !== undefined) {
    const at = ["tables", resource];
    const isLost = resource !== "contact" && table.parentId === undefined;
    const missing = { path: [...at, "parentId"], message: "is missing: the column of the contact's id" };
    return [...(isLost ? [missing] : []), ...fieldIssues(resource, table.fields, [...at, "fields"])];
  }
  const shape = app.resources[resource];
  const told = app.told?.[resource];
  if (told !== undefined) {
    const at = ["told", resource];
    const isTwice = shape !== undefined;
    const twice = { path: at, message: "is asked for by requests already; leave one of the two out" };
    return [...(isTwice ? [twice] : []), ...fieldIssues(resource, told.fields, [...at, "fields"])];
  }
  if (shape === undefined) return [];
  const at = ["resources", resource];
  return [...fieldIssues(resource, shape.fields, [...at, "fields"]), ...reachIssues(resource, shape, at)];
}

function fieldIssues(resource: DeclaredResource, fields: readonly DeclaredField[], at: (string | number)[]): Issue[] {
  const keys = fields.map(({ key }) => key);
  const standards = fields.map(({ standard }) => standard);
  return fields.flatMap(({ key, standard, type }, place) => {
    const path = [...at, place];
    const issues: Issue[] = [];
    if (keys.indexOf(key) !== place) issues.push({ path: [...path, "key"], message: `there are two fields ${key}` });
    if (standard === undefined) return issues;
    const wanted = STANDARD_FIELDS[resource][standard];
    if (standards.indexOf(standard) !== place)
      issues.push({ path: [...path, "standard"], message: `there are two fields that are ${standard}` });
    if (wanted === undefined) issues.push({ path: [...path, "standard"], message: `a ${resource} has no ${standard}` });
    else if (wanted !== type) issues.push({ path: [...path, "type"], message: `${standard} is compared as ${wanted}` });
    return issues;
  });
}

function reachIssues(resource: DeclaredResource, shape: DeclaredResourceShape, at: (string | number)[]): Issue[] {
  const issues: Issue[] = [];
  if (!shape.read.path.includes("{id}")) issues.push({ path: [...at, "read", "path"], message: "must hold {id}" });
  for (const verb of ["update", "delete"] as const) {
    const path = shape[verb]?.path;
    if (path !== undefined && !path.includes("{id}"))
      issues.push({ path: [...at, verb, "path"], message: "must hold {id}" });
  }
  if (resource === "contact") return issues;
  const { list, create, parentId } = shape;
  if (!list.path.includes(PARENT) && parentId === undefined)
    issues.push({ path: [...at, "parentId"], message: "is missing: where the contact's id stands in a record" });
  if (create !== undefined && !create.path.includes(PARENT) && create.parent === undefined)
    issues.push({ path: [...at, "create", "parent"], message: "is missing: where the contact's id goes in the body" });
  return issues;
}

const PARENT = "{parentId}";
