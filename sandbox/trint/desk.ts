import { type Desk, type DeskContact, type DeskFields, matchesQuery } from "../control/desk.ts";
import type { Archive } from "./archive.ts";
import type { Studio } from "./studio.ts";
import type { Transcript } from "./transcript.ts";

/**
 * The control address knows one list for every product. Here it is the list of transcripts, as a user sees them in the
 * product's editor; making one means that somebody uploads a recording there.
 */
export function createDesk(archive: Archive, studio: Studio, clear: () => void): Desk {
  return {
    list: (query, offset, limit) => {
      const list = archive.transcripts.sorted("createdAt");
      const all = [...list.backward(list.size())].filter(({ title, metadata }) =>
        matchesQuery(query, [title, metadata]),
      );
      return { contacts: all.slice(offset, offset + limit).map(shown), total: all.length };
    },
    create: (given) => shown(studio.transcribe(recordingOf(given))),
    edit: (id, given) => {
      const { title, notes, text } = textsOf(given);
      const change = {
        ...(title !== undefined && { title }),
        ...(notes !== undefined && { notes }),
        ...(text !== undefined && { paragraphs: [{ speaker: "Ines Moreau", at: 0, text }] }),
      };
      return shown(studio.edit(id, change));
    },
    remove: studio.remove,
    seed: (recordings) => {
      for (const { fields, createdAt } of recordings) studio.shelve(recordingOf(fields), createdAt ?? 0);
    },
    clear,
    state: archive.transcripts.get,
  };
}

function recordingOf(given: DeskFields) {
  const { title = "Untitled", metadata, text, language, user } = textsOf(given);
  return {
    title,
    ...(metadata !== undefined && { metadata }),
    ...(language !== undefined && { language }),
    ...(user !== undefined && { user }),
    ...(text !== undefined && { paragraphs: [{ speaker: "Ines Moreau", at: 0, text }] }),
  };
}

function shown({ id, title, metadata = "", notes, paragraphs, updatedAt, isVerified }: Transcript): DeskContact {
  const text = paragraphs.map((paragraph) => paragraph.text).join("\n");
  const fields = { title, metadata, notes, text, isVerified: String(isVerified) };
  return { id, fields, updatedAt: new Date(updatedAt).toISOString() };
}

function textsOf(fields: DeskFields): Readonly<Record<string, string | undefined>> {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, String(value)]));
}
