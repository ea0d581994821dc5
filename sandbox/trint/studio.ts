import type { Surroundings } from "../control/surroundings.ts";
import type { Archive } from "./archive.ts";
import type { Callbacks } from "./callbacks.ts";
import type { Quirks } from "./quirks.ts";
import type { Paragraph, Transcript } from "./transcript.ts";
import type { Refusals } from "./wording.ts";

/** What is handed in to be transcribed. */
export type Recording = {
  readonly title: string;
  readonly metadata?: string;
  readonly language?: string;
  readonly folderId?: string;
  readonly driveId?: string;
  readonly user?: string;
  /** What is said in it; invented when absent. */
  readonly paragraphs?: readonly Paragraph[];
};

/** What happens to transcripts: by an upload, or by a person in the product's editor. */
export type Studio = {
  /** @throws Refusal where no credit is left */
  readonly transcribe: (recording: Recording) => Transcript;
  /** Puts one in that was finished long ago. */
  readonly shelve: (recording: Recording, at: number) => Transcript;
  /** Changes title, notes or words: a new version. @throws Refusal 404 */
  readonly edit: (
    id: string,
    change: Partial<Pick<Transcript, "title" | "notes" | "paragraphs" | "folderId">>,
  ) => Transcript;
  readonly verify: (id: string) => Transcript;
  readonly remove: (id: string) => void;
  readonly demand: (id: string) => Transcript;
};

/** What a studio works with. */
export type StudioParts = {
  readonly archive: Archive;
  readonly callbacks: Callbacks;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly surroundings: Surroundings;
};

const OWNER = "ines@harbourlight.example";

/** Makes the studio of one account. */
export function createStudio({ archive, callbacks, quirks, refusals, surroundings }: StudioParts): Studio {
  const { now, after } = surroundings;
  let spent = 0;
  const demand = (id: string): Transcript => {
    const transcript = archive.transcripts.get(id);
    if (transcript === undefined) throw refusals.missing();
    return transcript;
  };
  const make = (recording: Recording, at: number, readyAt: number): Transcript => {
    const paragraphs = recording.paragraphs ?? invented(recording.title);
    return archive.put({
      id: archive.newId(),
      title: recording.title,
      metadata: recording.metadata,
      language: recording.language ?? "en",
      durationMs: paragraphs.length * 4_000,
      folderId: recording.folderId,
      driveId: recording.driveId,
      user: recording.user ?? OWNER,
      notes: "",
      paragraphs,
      readyAt,
      isVerified: false,
      createdAt: at,
      updatedAt: at,
    });
  };
  const finish = (id: string): void => {
    const transcript = archive.transcripts.get(id);
    if (transcript === undefined) return; // deleted meanwhile
    callbacks.tell("TRANSCRIPT_COMPLETE", archive.put({ ...transcript, updatedAt: now() }));
  };
  return {
    demand,
    transcribe: (recording) => {
      if (spent >= quirks().credit) throw refusals.noCredit();
      spent += 1;
      const { takesMs } = quirks();
      const transcript = make(recording, now(), now() + takesMs);
      after(takesMs, () => finish(transcript.id));
      return transcript;
    },
    shelve: (recording, at) => make(recording, at, at),
    edit: (id, change) => {
      const changed = archive.put({ ...demand(id), ...change, updatedAt: now() });
      if (quirks().tellsNewVersion) callbacks.tell("TRANSCRIPT_NEW_VERSION", changed);
      return changed;
    },
    verify: (id) => {
      const before = demand(id);
      const updatedAt = quirks().verifyMovesUpdated ? now() : before.updatedAt;
      const verified = archive.put({ ...before, isVerified: true, updatedAt });
      callbacks.tell("TRANSCRIPT_VERIFIED", verified);
      return verified;
    },
    remove: (id) => archive.remove(demand(id).id),
  };
}

function invented(title: string): readonly Paragraph[] {
  return [
    { speaker: "Ines Moreau", at: 0, text: `Good morning, this is about ${title}.` },
    { speaker: "Guest", at: 4_000, text: "I would like the second quote by Friday, please." },
    { speaker: "Ines Moreau", at: 8_000, text: "To do: send the second quote before Friday." },
  ];
}
