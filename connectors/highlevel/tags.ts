import { z } from "zod";
import { type ErrorAnswer, isSameKey, path, type ResourceAdapter, readAnswer, type Session } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldDefinition } from "../../model/field.ts";
import type { Snapshot } from "../../model/record.ts";
import { about, goneAs } from "./calls.ts";
import type { Settings } from "./settings.ts";
import { textOf } from "./values.ts";

type HighLevel = Session<Settings>;

const Tag = z.object({ id: z.string().min(1), name: z.string() });
type Tag = z.infer<typeof Tag>;
const TagsAnswer = z.object({ tags: z.array(Tag) });
const TagAnswer = z.object({ tag: Tag });
const DuplicateRefusal = z.object({ meta: z.object({ tagName: z.string().min(1) }) });

const CATALOGUE: readonly FieldDefinition[] = [
  { key: "name", label: "Name", type: "option", isWritable: true, standard: "name" },
];

/**
 * The tags that a location has, whether or not a contact carries them. A tag is known by its name and not by its id at
 * HighLevel, so that one that is renamed there is another. Their list is whole and tells no times.
 */
export const tags: ResourceAdapter<Settings> = {
  describe: async () => CATALOGUE,
  listing: { isComplete: true, lagMs: 0, overlapMs: 0 },
  list: async (session) => {
    const records = (await all(session)).map(snapshotOf);
    return { records, total: records.length };
  },
  read: async (session, externalId) => {
    const found = await named(session, externalId);
    return found === undefined ? "gone" : snapshotOf(found);
  },
  create: async (session, fields) => {
    const doing = "create a tag";
    const json = { name: textOf(fields.name) };
    const request = { method: "POST", path: at(session), json, isExpected: isDuplicate, doing } as const;
    const answer = await session.http.request(request);
    if (answer.status >= 400) {
      const { tagName } = readAnswer(DuplicateRefusal, answer, about(doing)).meta;
      return { kind: "found", externalId: idOf(tagName) };
    }
    const snapshot = snapshotOf(readAnswer(TagAnswer, answer, { ...about(doing), isWrite: true }).tag);
    return { kind: "created", externalId: snapshot.externalId, snapshot };
  },
  // Another name is another tag, and letter case does not count: nothing of a tag is ever changed.
  update: async (session, externalId) => {
    const found = await named(session, externalId);
    if (found !== undefined) return snapshotOf(found);
    throw new Failure("not_found", `The tag "${externalId}" was deleted at HighLevel during its update.`);
  },
  delete: async (session, externalId) => {
    const found = await named(session, externalId);
    if (found === undefined) return;
    const doing = `delete the tag "${externalId}"`;
    const url = `${at(session)}${path`/${found.id}`}`;
    await goneAs(undefined, () => session.http.request({ method: "DELETE", path: url, doing }));
  },
  find: async (session, rule, value) => {
    if (rule !== "name") return [];
    const found = (await all(session)).filter(({ name }) => isSameKey(rule, name, value, ""));
    return found.map(({ name }) => idOf(name));
  },
};

async function all(session: HighLevel): Promise<readonly Tag[]> {
  const doing = "list the tags of the location";
  const answer = await session.http.request({ method: "GET", path: at(session), doing });
  return readAnswer(TagsAnswer, answer, about(doing)).tags;
}

async function named(session: HighLevel, externalId: string): Promise<Tag | undefined> {
  return (await all(session)).find(({ name }) => idOf(name) === externalId);
}

function at({ settings }: HighLevel): string {
  return path`/locations/${settings.locationId}/tags`;
}

function snapshotOf({ name }: Tag): Snapshot {
  return { externalId: idOf(name), fields: { name: name.trim() } };
}

function idOf(name: string): string {
  return name.trim().toLowerCase();
}

/** Each name may be there once. */
function isDuplicate({ status, body }: ErrorAnswer): boolean {
  return status === 400 && DuplicateRefusal.safeParse(body).success;
}
