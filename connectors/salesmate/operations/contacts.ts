import { z } from "zod";
import { type Action, actionOf, isSameKey, type Session } from "../../../kit/index.ts";
import { Failure } from "../../../model/errors.ts";
import { TAG_SEPARATOR } from "../quirks.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, type Bag, composed, DONE, Shown } from "./dialect.ts";
import { CONTACT_KIND } from "./kinds.ts";
import { EXAMPLE_ID, heldIn, readRow, readsOf, recordActions } from "./records.ts";
import { number } from "./shapes.ts";

const usual = recordActions(CONTACT_KIND);

const TagList = z
  .array(
    z
      .string()
      .trim()
      .min(1)
      .max(100)
      .regex(/^[^,]+$/, "must hold no comma"),
  )
  .min(1);

const Found = z.object({ contacts: z.array(Shown), total: z.number().optional() });

/** What can be asked about contacts. */
export const contacts: readonly Action<Settings>[] = [
  ...usual,
  upsert(),
  retagging(
    "contact.addTags",
    "Add tags to a contact",
    "Gives a contact tags beside those that it has.",
    (has, tags) => {
      const known = new Set(has.map(folded));
      return [...has, ...tags.filter((tag) => !known.has(folded(tag)))];
    },
  ),
  retagging(
    "contact.removeTags",
    "Take tags from a contact",
    "Takes these tags away, whatever their case.",
    (has, tags) => {
      const unwanted = new Set(tags.map(folded));
      return has.filter((tag) => !unwanted.has(folded(tag)));
    },
  ),
];

function demanded(id: string): Action<Settings> {
  const found = actionOf(usual, id);
  if (found !== undefined) return found;
  throw new Failure("bug", `The catalogue of Salesmate lacks ${id}, of which another operation is made.`);
}

/** Salesmate has no upsert and lets an e-mail be there twice: it is looked for first. */
function upsert(): Action<Settings> {
  const [search, update, create] = [demanded("contact.search"), demanded("contact.update"), demanded("contact.create")];
  const { input } = create;
  const upserted: Action<Settings> = {
    ...create,
    id: "contact.upsert",
    title: "Create or change a contact",
    description: "Changes the contact with this e-mail, the first of several, or makes one where there is none.",
    effect: "changes",
    input: (input as z.ZodObject).required({ email: true }),
    output: z.object({ id: z.string().min(1), action: z.enum(["created", "changed"]) }),
    example: { input: CONTACT_KIND.example, output: { id: EXAMPLE_ID, action: "changed" } },
  };
  return composed(upserted, [...search.calls, ...update.calls, ...create.calls], async (session, given) => {
    const contactId = await withEmail(session, search, String(given.email));
    if (contactId === undefined) return { ...Object(await create.run(session, given)), action: "created" };
    await update.run(session, { ...given, contactId });
    return { id: contactId, action: "changed" };
  });
}

/**
 * The number of the first contact with this e-mail, if there is one.
 * @throws Failure `unavailable` when the search counts or shows somebody and not whom it was asked for
 */
async function withEmail(
  session: Session<Settings>,
  search: Action<Settings>,
  email: string,
): Promise<string | undefined> {
  const asked = { fields: ["email"], equals: { email } };
  const { contacts: found, total = found.length } = Found.parse(await search.run(session, asked));
  const { country } = session.settings;
  const mine = found.find((contact) => isSameKey("email", String(contact.email ?? ""), email, country));
  if (mine !== undefined) return String(mine.id);
  if (total === 0 && found.length === 0) return undefined;
  // To take somebody who is not shown for nobody would make them twice.
  const words = "its search counted somebody and did not show whom it was asked for. Try again later";
  throw new Failure("unavailable", `Could not look for a contact by e-mail at Salesmate: ${words}.`);
}

type Retag = (has: readonly string[], tags: readonly string[]) => readonly string[];

/** Salesmate replaces all tags at once, so those that are there are read first. */
function retagging(id: string, title: string, description: string, retag: Retag): Action<Settings> {
  const action = actionsOf(CONTACT_KIND.subject)({
    ...{ id, title, description },
    effect: "changes",
    method: "PUT",
    path: "/contact/v4/{contactId}",
    input: { contactId: number("Number of the contact."), tags: TagList },
    gives: DONE,
    example: { input: { contactId: EXAMPLE_ID, tags: ["VIP"] }, output: { succeeded: true } },
  });
  return composed(action, [...readsOf(action), ...action.calls], async (session, input) => {
    const row = await readRow(session, action, input, "contact");
    const has = tagsIn(row.tags);
    const tags = retag(has, TagList.parse(input.tags));
    const isSame = tags.length === has.length && tags.every((tag, place) => tag === has[place]);
    if (isSame) return { succeeded: true };
    const repeated: Bag = heldIn(row, ["owner", "lastName"]);
    return action.run(session, { ...repeated, ...input, tags });
  });
}

function tagsIn(tags: unknown): readonly string[] {
  const parts = Array.isArray(tags) ? tags.map(String) : String(tags ?? "").split(TAG_SEPARATOR);
  return parts.map((tag) => tag.trim()).filter((tag) => tag !== "");
}

function folded(tag: string): string {
  return tag.trim().toLowerCase();
}
