import { z } from "zod";
import { path } from "../kit/path.ts";
import type { SandboxChild, SandboxChildKind, SandboxContact, ValueView } from "../model/api/views.ts";
import { Failure } from "../model/errors.ts";
import type { Fetch, PartnerControl } from "./sandboxControl.ts";

/** Where Daybook, the example of an app of the user's own, answers, and the key of its API. */
export interface DaybookAddress {
  readonly url: string;
  readonly apiKey: string;
}

const Texts = z.string().nullish();
const Person = z.looseObject({
  id: z.string(),
  given_name: Texts,
  family_name: Texts,
  contact: z.object({ email: Texts, phone: Texts }),
  company: Texts,
  labels: z.array(z.string()),
  address: z.object({ street: Texts, city: Texts, region: Texts, postcode: Texts, country: Texts }),
  birthday: Texts,
  about: Texts,
  changed_at: z.iso.datetime(),
});
const Record = z.looseObject({ id: z.string(), person_id: z.string() });
const People = z.object({ people: z.array(Person), total: z.int() });
const Refused = z.object({ error: z.object({ message: z.string() }) });

const PER_PAGE = 200;

/** Acts in Daybook as its own user would, by its own API: it has no other door. @throws Failure with its words */
export function createDaybookControl({ url, apiKey }: DaybookAddress, fetch: Fetch): PartnerControl {
  async function call(method: string, at: string, body?: unknown): Promise<unknown> {
    const headers = { "x-api-key": apiKey, ...(body !== undefined && { "content-type": "application/json" }) };
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/api${at}`, { method, headers, ...sent }).catch((cause: unknown) => {
      throw new Failure("unavailable", "Daybook does not answer; start the sandbox again.", { cause });
    });
    const said: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return said;
    const words = Refused.safeParse(said);
    const message = `Daybook says: ${words.success ? words.data.error.message : `status ${answer.status}.`}`;
    throw new Failure(answer.status === 404 ? "not_found" : "rejected", message, { status: answer.status });
  }
  const everybody = async (page = 1): Promise<readonly z.infer<typeof Person>[]> => {
    const { people, total } = People.parse(await call("GET", `/people?page=${page}&per_page=${PER_PAGE}`));
    return page * PER_PAGE >= total ? people : [...people, ...(await everybody(page + 1))];
  };
  const person = (answer: unknown): SandboxContact => shownPerson(z.object({ person: Person }).parse(answer).person);
  return {
    contacts: async ({ query = "", offset, limit }) => {
      const all = (await everybody()).map(shownPerson).filter((one) => isMeant(one, query));
      const newestFirst = all.sort((one, other) => other.updatedAt - one.updatedAt);
      return { contacts: newestFirst.slice(offset, offset + limit), total: all.length };
    },
    create: async (fields) => person(await call("POST", "/people", { person: writtenPerson(fields) })),
    edit: async (id, fields) => person(await call("PATCH", path`/people/${id}`, { person: writtenPerson(fields) })),
    remove: async (id) => {
      await call("DELETE", path`/people/${id}`);
    },
    children: {
      of: async (id) => {
        const of = async (kind: SandboxChildKind): Promise<readonly SandboxChild[]> => {
          const { many, one } = FACES[kind];
          const at = kind === "notes" ? path`/people/${id}/notes` : `/${many}?person_id=${encodeURIComponent(id)}`;
          const rows = z.object({ [many]: z.array(Record) }).parse(await call("GET", at))[many] ?? [];
          return rows.map((row) => shownChild(kind, one, { [one]: row }));
        };
        const [notes, tasks, appointments] = await Promise.all([of("notes"), of("tasks"), of("appointments")]);
        return { notes: [...notes], tasks: [...tasks], appointments: [...appointments] };
      },
      create: async (kind, personId, fields) => {
        const { many, one } = FACES[kind];
        const at = kind === "notes" ? path`/people/${personId}/notes` : `/${many}`;
        const body = { [one]: { ...writtenChild(kind, fields), person_id: personId } };
        return shownChild(kind, one, await call("POST", at, body));
      },
      edit: async (kind, id, fields) => {
        const { one } = FACES[kind];
        const body = { [one]: writtenChild(kind, fields) };
        return shownChild(kind, one, await call("PATCH", childPath(kind, id), body));
      },
      remove: async (kind, id) => {
        await call("DELETE", childPath(kind, id));
      },
    },
  };
}

/** What Daybook calls each kind. */
const FACES = {
  notes: { many: "notes", one: "note" },
  tasks: { many: "todos", one: "todo" },
  appointments: { many: "visits", one: "visit" },
} as const satisfies { readonly [Kind in SandboxChildKind]: { readonly many: string; readonly one: string } };

/** A note is reached under its person only: its id here carries both. */
function childPath(kind: SandboxChildKind, id: string): string {
  const [personId = "", noteId = ""] = id.split("-");
  return kind === "notes" ? path`/people/${personId}/notes/${noteId}` : `/${FACES[kind].many}${path`/${id}`}`;
}

function isMeant({ fields }: SandboxContact, query: string): boolean {
  const wanted = query.trim().toLowerCase();
  const { firstName, lastName, email, phone } = fields;
  const name = [firstName, lastName].filter((part) => part !== "").join(" ");
  return wanted === "" || [name, email, phone].join(" ").toLowerCase().includes(wanted);
}

function shownPerson(person: z.infer<typeof Person>): SandboxContact {
  const { contact, address } = person;
  const fields = {
    firstName: person.given_name,
    lastName: person.family_name,
    ...{ email: contact.email, phone: contact.phone, companyName: person.company, tags: person.labels },
    ...{ addressLine1: address.street, city: address.city, state: address.region, postalCode: address.postcode },
    ...{ country: address.country, dateOfBirth: person.birthday, description: person.about },
  };
  const held = Object.entries(fields).map(([key, value]) => [key, value ?? ""] as const);
  return { id: person.id, fields: Object.fromEntries(held), updatedAt: Date.parse(person.changed_at) };
}

/** Where each field stands in Daybook's JSON. */
const PLACES: Readonly<Partial<{ readonly [key: string]: readonly [string, string?] }>> = {
  firstName: ["given_name"],
  lastName: ["family_name"],
  email: ["contact", "email"],
  phone: ["contact", "phone"],
  companyName: ["company"],
  tags: ["labels"],
  addressLine1: ["address", "street"],
  city: ["address", "city"],
  state: ["address", "region"],
  postalCode: ["address", "postcode"],
  country: ["address", "country"],
  dateOfBirth: ["birthday"],
  description: ["about"],
};

function writtenPerson(fields: Readonly<{ [key: string]: ValueView }>): object {
  const written: { [name: string]: unknown } = {};
  for (const [key, value] of Object.entries(fields)) {
    const [name, inner] = PLACES[key] ?? [];
    if (name === undefined) continue;
    written[name] = inner === undefined ? value : { ...(written[name] as object | undefined), [inner]: value };
  }
  return written;
}

function shownChild(kind: SandboxChildKind, one: string, answer: unknown): SandboxChild {
  const record = z.object({ [one]: Record }).parse(answer)[one];
  if (record === undefined) throw new Failure("bug", "Daybook's answer shows no record.");
  const id = kind === "notes" ? `${record.person_id}-${record.id}` : record.id;
  return { id, contactId: record.person_id, fields: shownTexts(kind, record) };
}

function shownTexts(kind: SandboxChildKind, record: z.infer<typeof Record>): { [key: string]: string } {
  const text = (name: string): string => (typeof record[name] === "string" ? record[name] : "");
  const instant = (name: string): string =>
    typeof record[name] === "number" ? new Date(record[name] * 1_000).toISOString() : "";
  switch (kind) {
    case "notes":
      return { body: text("content") };
    case "tasks":
      return {
        ...{ title: text("title"), body: text("details"), dueAt: text("due") },
        isCompleted: String(text("state") === "done"),
      };
    case "appointments":
      return {
        ...{ title: text("title"), notes: text("remarks"), location: text("place") },
        ...{ startsAt: instant("starts"), endsAt: instant("ends") },
      };
    default:
      return kind satisfies never;
  }
}

/** What Daybook calls each field of a child, and how it writes it. */
function writtenChild(kind: SandboxChildKind, fields: Readonly<{ [key: string]: string }>): object {
  const names: Readonly<{ [key: string]: string }> =
    kind === "notes"
      ? { body: "content" }
      : { title: "title", body: "details", dueAt: "due", notes: "remarks", location: "place" };
  const seconds = { startsAt: "starts", endsAt: "ends" } as const;
  const written: { [name: string]: unknown } = {};
  for (const [key, value] of Object.entries(fields)) {
    if (key === "isCompleted") written.state = value === "true" ? "done" : "open";
    else if (key === "startsAt" || key === "endsAt") written[seconds[key]] = Date.parse(value) / 1_000;
    else written[names[key] ?? key] = value === "" && key === "dueAt" ? null : value;
  }
  return written;
}
