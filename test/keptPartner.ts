import { z } from "zod";
import { anyConnector, type Connector, defineConnector, hubKept, type Session } from "../kit/index.ts";
import type { FieldDefinition } from "../model/field.ts";

/**
 * Murmur, an invented product where people leave voice messages and nothing else: it has no people, notes or tasks, so that
 * the hub keeps all of them. What its users said of late is handed in by the test, and gathered from there.
 */

/** A message that somebody left, which is a note that only Murmur changes. */
export interface Message {
  readonly id: string;
  readonly email: string;
  readonly text: string;
}

const PERSON_FIELDS: readonly FieldDefinition[] = [
  { key: "firstName", label: "First name", type: "text", isWritable: true, standard: "firstName" },
  { key: "lastName", label: "Last name", type: "text", isWritable: true, standard: "lastName" },
  { key: "email", label: "E-mail", type: "email", isWritable: true, standard: "email" },
  { key: "phone", label: "Phone", type: "phone", isWritable: true, standard: "phone" },
  { key: "labels", label: "Labels", type: "set", isWritable: true, standard: "tags" },
  { key: "messages", label: "Messages", type: "number", isWritable: false },
];
const NOTE_FIELDS: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "Note", type: "richText", isWritable: true, standard: "body" },
];
const TASK_FIELDS: readonly FieldDefinition[] = [
  { key: "title", label: "Title", type: "text", isWritable: true, standard: "title" },
  { key: "body", label: "What to do", type: "longText", isWritable: true, standard: "body" },
  { key: "dueAt", label: "Due", type: "dateTime", isWritable: true, standard: "dueAt" },
  { key: "done", label: "Done", type: "boolean", isWritable: true, standard: "isCompleted" },
];

const Settings = z.strictObject({ studio: z.string().default("north") });
type Settings = z.infer<typeof Settings>;

/** Murmur's connector. @param messages what has been said there so far; read anew at every list */
export function murmur(messages: readonly Message[] = []): Connector {
  return anyConnector(
    defineConnector<Settings>({
      id: "murmur",
      name: "Murmur",
      baseUrls: () => ({ api: "https://murmur.example" }),
      settings: Settings,
      account: ({ studio }) => studio,
      credentials: [{ kind: "token", label: "Key", help: "Ask Murmur." }],
      authorize: (credential) => ({ "x-murmur-key": credential.kind === "token" ? credential.token : "" }),
      limits: () => [{ name: "burst", requests: 100, perMs: 1_000, source: "murmur.example" }],
      country: () => "GB",
      check: async ({ http }) => {
        await http.request({ method: "GET", path: "/me", doing: "read whose key it is" });
      },
      resources: {
        contact: hubKept<Settings>({
          resource: "contact",
          noun: "person",
          fields: PERSON_FIELDS,
          gather: (session) => gather(session, messages),
        }),
        note: hubKept<Settings>({
          resource: "note",
          parent: "contact",
          fields: NOTE_FIELDS,
          gather: (session) => gather(session, messages),
        }),
        task: hubKept<Settings>({ resource: "task", parent: "contact", fields: TASK_FIELDS }),
      },
    }),
  );
}

/** Each message becomes a note of whoever has its e-mail, who is made a person where nobody has it. */
async function gather({ book }: Session<Settings>, messages: readonly Message[]): Promise<void> {
  for (const { id, email, text } of messages) {
    const [known] = await book.find("contact", "email", email);
    const person = { resource: "contact", externalId: `person-of-${email}`, fields: { email }, origin: "hub" } as const;
    const answer = known === undefined ? await book.put(person) : undefined;
    if (answer?.kind === "deleted") continue;
    const parentId = known ?? person.externalId;
    const fields = { title: "Voice message", body: `<p>${text}</p>` };
    const pageUrl = `https://murmur.example/messages/${id}`;
    await book.put({ resource: "note", externalId: id, parentId, fields, origin: "partner", pageUrl });
  }
}
