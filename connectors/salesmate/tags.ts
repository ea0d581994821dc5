import { z } from "zod";
import { isSameKey, type ResourceAdapter, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { about } from "./calls.ts";
import type { Settings } from "./settings.ts";

type Salesmate = Session<Settings>;

const TagsAnswer = z.object({ Data: z.array(z.object({ tag: z.string() })) });

/** Not writable: Salesmate has a tag when something carries it, and offers no other way to make one. */
const CATALOGUE: readonly FieldDefinition[] = [
  { key: "name", label: "Tag", type: "option", isWritable: false, standard: "name" },
];

/**
 * The tags that anything in a Salesmate account carries. They are shown and can be neither made nor changed as such, so
 * tags travel from here and not to here; what contacts carry travels with the contacts.
 */
export const tags: ResourceAdapter<Settings> = {
  describe: async () => CATALOGUE,
  listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
  list: async (session) => {
    const records = await all(session);
    return { records, total: records.length };
  },
  read: async (session, externalId) => (await all(session)).find((tag) => tag.externalId === externalId) ?? "gone",
  create: () => Promise.reject(onlyCarried("create")),
  update: () => Promise.reject(onlyCarried("change")),
  delete: "unsupported",
  find: async (session, rule, value) => {
    const isIt = ({ fields }: Snapshot) => isSameKey(rule, String(fields.name), value, session.settings.country);
    return rule === "name" ? (await all(session)).filter(isIt).map(({ externalId }) => externalId) : [];
  },
};

/** Each name once, in its first writing. */
async function all(session: Salesmate): Promise<readonly Snapshot[]> {
  const doing = "list the tags of the account";
  const answer = await session.http.request({ method: "GET", path: "/v1/tags", doing });
  const names = readAnswer(TagsAnswer, answer, about(doing)).Data.map(({ tag }) => tag.trim());
  const byId = new Map<string, Snapshot>();
  for (const name of names) {
    const externalId = name.toLowerCase();
    if (name !== "" && !byId.has(externalId)) byId.set(externalId, { externalId, fields: { name } });
  }
  return [...byId.values()];
}

function onlyCarried(what: string): Failure {
  return new Failure(
    "misconfigured",
    `Could not ${what} a tag at Salesmate: it has those that contacts, companies and deals carry. Leave tags to go from Salesmate only.`,
  );
}
