import {
  AppDeclaration,
  DECLARED_RESOURCES,
  type DeclaredField,
  type DeclaredResource,
  DeclaredResourceShape,
  type DeclaredWebhooks,
  type Paging,
  type SignIn,
  STANDARD_FIELDS,
  type WebhookProof,
} from "../../../model/declaration.ts";
import type { SyncConfig } from "../../../model/sync.ts";
import type { CredentialConfig } from "../../../model/workspace.ts";

/** What the pages of the wizard change: a declaration on its way. Pure. */

/** What people call each kind of record. */
export const RESOURCE_NAMES: Readonly<Record<DeclaredResource, string>> = {
  contact: "Contacts",
  note: "Notes",
  task: "Tasks",
  appointment: "Appointments",
};

/** An app of which only name and address are known. */
export function emptyApp(name: string, baseUrl: string): AppDeclaration {
  const rest = { headers: {}, limits: [{ requests: 5, perMs: 1_000 }], country: "US", resources: {}, operations: [] };
  return { name, baseUrl, signIn: { kind: "bearer" }, ...rest };
}

/** A kind of record as many apps have it, to be changed to what this one has. */
export function emptyResource(resource: DeclaredResource): DeclaredResourceShape {
  const path = resource === "contact" ? "/contacts" : `/contacts/{parentId}/${resource}s`;
  const one = `${path}/{id}`;
  const fields = Object.entries(STANDARD_FIELDS[resource])
    .filter(([key]) => FIRST_FIELDS[resource].includes(key))
    .map(([key, type]) => ({ key, label: labelOf(key), path: key, type, standard: key }));
  const rest = { create: { path, record: "" }, update: { path: one, record: "" }, delete: { path: one }, fields };
  return DeclaredResourceShape.parse({ list: { path }, read: { path: one }, ...rest });
}

const FIRST_FIELDS: Readonly<Record<DeclaredResource, readonly string[]>> = {
  contact: ["firstName", "lastName", "email", "phone"],
  note: ["body"],
  task: ["title", "body", "dueAt", "isCompleted"],
  appointment: ["title", "notes", "startsAt", "endsAt", "location"],
};

/** The app with a kind of record as given; without it when nothing is given. */
export function withResource(
  app: AppDeclaration,
  resource: DeclaredResource,
  shape: DeclaredResourceShape | undefined,
): AppDeclaration {
  const { [resource]: _before, ...others } = app.resources;
  return { ...app, resources: shape === undefined ? others : { ...others, [resource]: shape } };
}

/** One line of how a kind of record is reached. An empty text takes away what may be left out. */
export interface Reach {
  readonly label: string;
  readonly hint: string;
  readonly read: (shape: DeclaredResourceShape) => string;
  readonly write: (shape: DeclaredResourceShape, text: string) => DeclaredResourceShape;
  /** Whether it is for records that belong to a contact, or for contacts, only. */
  readonly isFor?: "child" | "contact";
}

/** How a kind of record is reached, line by line. */
export const REACH: readonly Reach[] = [
  {
    label: "List",
    hint: "Path that lists them, for instance /contacts. {parentId} stands for the contact's id.",
    read: ({ list }) => list.path,
    write: (shape, path) => ({ ...shape, list: { ...shape.list, path } }),
  },
  {
    label: "Where the list stands",
    hint: "In the answer, for instance data.items. Empty where the answer is the list itself.",
    read: ({ list }) => list.records,
    write: (shape, records) => ({ ...shape, list: { ...shape.list, records } }),
  },
  {
    label: "Read one",
    hint: "Path of one record, with {id}.",
    read: ({ read }) => read.path,
    write: (shape, path) => ({ ...shape, read: { ...shape.read, path } }),
  },
  {
    label: "Where the record stands",
    hint: "In the answer and in what is sent, for instance contact. Empty where it is the record itself.",
    read: ({ read }) => read.record,
    write: (shape, record) => ({
      ...shape,
      read: { ...shape.read, record },
      ...(shape.create && {
        create: { ...shape.create, body: record, ...(shape.create.record !== undefined && { record }) },
      }),
      ...(shape.update && {
        update: { ...shape.update, body: record, ...(shape.update.record !== undefined && { record }) },
      }),
    }),
  },
  {
    label: "Create",
    hint: "Path that a new one is posted to. Empty: none is made there.",
    read: ({ create }) => create?.path ?? "",
    write: ({ create, ...shape }, path) =>
      path === "" ? shape : { ...shape, create: { ...(create ?? { ...NEW_WRITE, method: "POST" }), path } },
  },
  {
    label: "Change",
    hint: "Path that changes are sent to. Empty: none is changed there.",
    read: ({ update }) => update?.path ?? "",
    write: ({ update, ...shape }, path) =>
      path === ""
        ? shape
        : { ...shape, update: { ...(update ?? { ...NEW_WRITE, method: "PATCH", sends: "changes" }), path } },
  },
  {
    label: "Delete",
    hint: "Path that deletes one. Empty: none is deleted there.",
    read: (shape) => shape.delete?.path ?? "",
    write: ({ delete: before, ...shape }, path) =>
      path === "" ? shape : { ...shape, delete: { method: before?.method ?? "DELETE", path } },
  },
  {
    label: "Id",
    hint: "Where the record's id stands in it.",
    read: ({ id }) => id,
    write: (shape, id) => ({ ...shape, id }),
  },
  {
    label: "Contact's id",
    hint: "Where the id of the contact stands. Not needed where every path holds {parentId}.",
    isFor: "child",
    read: ({ parentId }) => parentId ?? "",
    write: ({ parentId: _before, ...shape }, parentId) => ({
      ...shape,
      ...(parentId !== "" && { parentId }),
      ...(shape.create &&
        !shape.create.path.includes("{parentId}") &&
        parentId !== "" && {
          create: { ...shape.create, parent: shape.create.body === "" ? parentId : `${shape.create.body}.${parentId}` },
        }),
    }),
  },
  {
    label: "List of one contact",
    hint: "Parameter of the list that asks for those of one contact.",
    isFor: "child",
    read: ({ list }) => list.parentParameter ?? "",
    write: withParentParameter,
  },
  {
    label: "Time of change",
    hint: "Where it stands in the record, as a date or as text.",
    read: ({ changedAt }) => changedAt?.path ?? "",
    write: ({ changedAt: before, ...shape }, path) =>
      path === "" ? shape : { ...shape, changedAt: { as: before?.as ?? "iso", path } },
  },
  {
    label: "Changed since",
    hint: "Parameter of the list that asks for what changed since. Empty: each look reads everything.",
    read: ({ list }) => list.since?.parameter ?? "",
    write: withSince,
  },
  {
    label: "Look up by e-mail",
    hint: "Parameter of the list.",
    isFor: "contact",
    read: ({ find }) => find.email ?? "",
    write: ({ find: { email: _before, ...find }, ...shape }, email) => ({
      ...shape,
      find: { ...find, ...(email !== "" && { email }) },
    }),
  },
  {
    label: "Look up by phone",
    hint: "Parameter of the list.",
    isFor: "contact",
    read: ({ find }) => find.phone ?? "",
    write: ({ find: { phone: _before, ...find }, ...shape }, phone) => ({
      ...shape,
      find: { ...find, ...(phone !== "" && { phone }) },
    }),
  },
];

const NEW_WRITE = { query: {}, body: "", constant: {}, record: "" } as const;

function withSince(shape: DeclaredResourceShape, parameter: string): DeclaredResourceShape {
  const { since, ...list } = shape.list;
  const next = parameter === "" ? list : { ...list, since: { parameter, as: since?.as ?? ("iso" as const) } };
  return { ...shape, list: next };
}

function withParentParameter(shape: DeclaredResourceShape, parentParameter: string): DeclaredResourceShape {
  const { parentParameter: _before, ...list } = shape.list;
  return { ...shape, list: parentParameter === "" ? list : { ...list, parentParameter } };
}

/** The lines that make sense for a kind of record. */
export function reachFor(resource: DeclaredResource): readonly Reach[] {
  return REACH.filter(({ isFor }) => isFor === undefined || isFor === (resource === "contact" ? "contact" : "child"));
}

/** How a listing goes on, by the words that people choose. */
export const PAGING_WORDS = {
  none: "All at once",
  page: "Page numbers",
  offset: "How many to skip",
  cursor: "A cursor from the answer",
  link: "A link to the next page",
} as const satisfies Record<Paging["kind"], string>;

/** The paging of a kind that was chosen, with parameters as apps often call them. */
export function pagingOf(kind: Paging["kind"], before: Paging): Paging {
  if (kind === before.kind) return before;
  const size = "size" in before && before.size !== undefined ? before.size : 100;
  const sizeParameter =
    "sizeParameter" in before && before.sizeParameter !== undefined ? before.sizeParameter : "limit";
  switch (kind) {
    case "none":
      return { kind };
    case "page":
      return { kind, parameter: "page", first: 1, sizeParameter, size };
    case "offset":
      return { kind, parameter: "offset", sizeParameter, size };
    case "cursor":
      return { kind, parameter: "cursor", at: "next", sizeParameter, size };
    case "link":
      return { kind, sizeParameter, size };
    default:
      return kind satisfies never;
  }
}

/** The fields with one changed. A field that becomes one of ours is compared as ours is. */
export function withField(
  resource: DeclaredResource,
  shape: DeclaredResourceShape,
  place: number,
  change: { readonly path?: string; readonly standard?: string; readonly isWritable?: boolean },
): DeclaredResourceShape {
  const fields = shape.fields.map((field, one) => (one === place ? changedField(resource, field, change) : field));
  return { ...shape, fields };
}

function changedField(
  resource: DeclaredResource,
  field: DeclaredField,
  change: { readonly path?: string; readonly standard?: string; readonly isWritable?: boolean },
): DeclaredField {
  const { standard, ...rest } = change;
  const changed = { ...field, ...rest };
  if (standard === undefined) return changed;
  const { standard: _before, ...plain } = changed;
  const key =
    field.key === field.standard || field.key.startsWith("custom.") ? `custom.${plainKey(changed.path)}` : field.key;
  if (standard === "") return { ...plain, key };
  const type = STANDARD_FIELDS[resource][standard];
  return { ...plain, key: standard, standard, ...(type && { type }) };
}

/** The fields with another at their end. */
export function withNewField(shape: DeclaredResourceShape, path: string): DeclaredResourceShape {
  const key = `custom.${plainKey(path)}`;
  const field = { key, label: labelOf(path.split(".").at(-1) ?? path), path, type: "text" as const };
  return { ...shape, fields: [...shape.fields, { ...field, isWritable: true, written: "natural", emptyAs: "null" }] };
}

/** The fields without one. */
export function withoutField(shape: DeclaredResourceShape, place: number): DeclaredResourceShape {
  return { ...shape, fields: shape.fields.filter((_field, one) => one !== place) };
}

function plainKey(path: string): string {
  return path.replaceAll(/[^A-Za-z0-9]+/g, "_").replaceAll(/^_+|_+$/g, "") || "field";
}

/** `firstName` and `first_name` as `First name`. */
export function labelOf(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/([a-z])(\d)/g, "$1 $2")
    .replaceAll(/[_.-]+/g, " ")
    .toLowerCase()
    .trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** The ways of signing in, by the words that people choose. */
export const SIGN_IN_WORDS = {
  bearer: "An access token",
  apiKey: "An API key",
  basic: "User and password",
  oauth: "The app's own page",
  clientCredentials: "Client id and secret",
  none: "Nothing",
} as const satisfies Record<SignIn["kind"], string>;

/** A way of signing in that was chosen, with what the document says of it where it does. */
export function signInOf(kind: SignIn["kind"], known: readonly SignIn[]): SignIn {
  const found = known.find((one) => one.kind === kind);
  if (found !== undefined) return found;
  switch (kind) {
    case "apiKey":
      return { kind, in: "header", name: "X-Api-Key", prefix: "" };
    case "oauth":
      return { kind, authorizeUrl: "", tokenUrl: "", scopes: [] };
    case "clientCredentials":
      return { kind, tokenUrl: "", scopes: [] };
    case "none":
    case "bearer":
    case "basic":
      return { kind };
    default:
      return kind satisfies never;
  }
}

/** How webhooks may be proved, by the words that people choose. */
export const PROOF_WORDS = {
  none: "It sends none",
  hmac: "Signed with a secret",
  token: "They carry the secret",
  standard: "Standard Webhooks",
} as const satisfies Record<WebhookProof["kind"] | "none", string>;

/** A proof of a kind that was chosen, with names as apps often have them. */
export function proofOf(kind: WebhookProof["kind"], before: WebhookProof | undefined): WebhookProof {
  if (before?.kind === kind) return before;
  switch (kind) {
    case "hmac":
      return { kind, header: "X-Signature", algorithm: "sha256", encoding: "hex", prefix: "" };
    case "token":
      return { kind, header: "X-Webhook-Token", prefix: "" };
    case "standard":
      return { kind };
    default:
      return kind satisfies never;
  }
}

type WebhookEvent = DeclaredWebhooks["events"][number];

/** The event about a kind of record. */
export function eventOf({ events }: DeclaredWebhooks, resource: DeclaredResource): WebhookEvent | undefined {
  return events.find((event) => event.resource === resource);
}

/** The webhooks with the event about a kind of record changed; without it once all of it is empty. */
export function withEvent(
  webhooks: DeclaredWebhooks,
  resource: DeclaredResource,
  change: { readonly name?: string; readonly id?: string; readonly parentId?: string },
): DeclaredWebhooks {
  const { parentId = "", ...event } = { name: "", id: "", ...eventOf(webhooks, resource), resource, ...change };
  const others = webhooks.events.filter((one) => one.resource !== resource);
  const isEmpty = event.name === "" && event.id === "" && parentId === "";
  const changed = { ...event, ...(parentId !== "" && { parentId }) };
  return { ...webhooks, events: isEmpty ? others : [...others, changed] };
}

/** What a person typed of a credential. */
export interface Secrets {
  readonly token: string;
  readonly user: string;
  readonly password: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** By which the app proves its webhooks. */
  readonly webhookSecret: string;
}

export const NO_SECRETS: Secrets = {
  token: "",
  user: "",
  password: "",
  clientId: "",
  clientSecret: "",
  webhookSecret: "",
};

/** The credential that was typed; `undefined` while something of it is missing. */
export function credentialOf({ kind }: SignIn, secrets: Secrets): CredentialConfig | undefined {
  const { token, user, password, clientId, clientSecret } = secrets;
  switch (kind) {
    case "none":
      return { kind: "token", token: "none" };
    case "apiKey":
    case "bearer":
      return token === "" ? undefined : { kind: "token", token };
    case "basic":
      return user === "" ? undefined : { kind: "token", token: `${user}:${password}` };
    case "oauth":
    case "clientCredentials":
      return clientId === "" || clientSecret === "" ? undefined : { kind: "consent", clientId, clientSecret };
    default:
      return kind satisfies never;
  }
}

/** What is still wrong with a declaration, one sentence each; none when it can be used. */
export function issuesOf(app: AppDeclaration): readonly string[] {
  const parsed = AppDeclaration.safeParse(app);
  if (!parsed.success) {
    return [...new Set(parsed.error.issues.map(({ path, message }) => `${placeWords(path)} ${message}.`))];
  }
  return Object.keys(app.resources).length === 0 ? ["Choose something that shall be kept in step."] : [];
}

function placeWords(path: readonly PropertyKey[]): string {
  const [first, resource, ...rest] = path.map(String);
  if (first !== "resources" || resource === undefined) return labelOf(path.map(String).join(" "));
  return `${RESOURCE_NAMES[resource as DeclaredResource] ?? resource}, ${labelOf(rest.join(" ")).toLowerCase()}:`;
}

/** The syncs that keep an app's records in step with another connection's. */
export function syncsFor(left: string, right: string, resources: readonly DeclaredResource[]): SyncDraft[] {
  const contacts = `contacts-${right}`.slice(0, 40);
  return DECLARED_RESOURCES.filter((resource) => resources.includes(resource)).map((resource) => ({
    ...{ id: `${resource}s-${right}`.slice(0, 40), name: RESOURCE_NAMES[resource], left, right, resource },
    ...(resource !== "contact" && { parent: contacts }),
  }));
}

/** A sync of which all else has a value that suits most. */
export type SyncDraft = Pick<SyncConfig, "id" | "name" | "left" | "right" | "resource"> & { readonly parent?: string };
