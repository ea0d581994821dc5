import { createTable, type Table } from "../control/table.ts";
import { opaqueId, type Random } from "../random.ts";
import type { Transcript } from "./transcript.ts";

/** A folder; times do not matter to it. */
export type Folder = {
  readonly id: string;
  readonly name: string;
  readonly parentId: string | undefined;
  readonly driveId: string | undefined;
};

/** A drive that several users share. */
export type Drive = { readonly id: string; readonly name: string; readonly isArchived: boolean };

/** A stream that is transcribed while it runs. */
export type Live = {
  readonly id: string;
  readonly title: string;
  readonly status: "TRANSCRIBING" | "STOPPED";
  readonly startedAt: number;
};

/** What an account holds. */
export type Archive = {
  readonly transcripts: Table<Transcript>;
  /** A transcript as it was before its last change. */
  readonly earlier: (id: string) => Transcript | undefined;
  readonly put: (transcript: Transcript) => Transcript;
  readonly remove: (id: string) => void;
  readonly folders: Map<string, Folder>;
  readonly drives: readonly Drive[];
  readonly lives: Map<string, Live>;
  /** Languages into which a transcript was translated, by its id. */
  readonly translations: Map<string, readonly string[]>;
  readonly newId: () => string;
  readonly clear: () => void;
};

/** Makes an archive with two drives and nothing in it. */
export function createArchive(random: Random): Archive {
  const transcripts = createTable(SHAPE);
  const before = new Map<string, Transcript>();
  const folders = new Map<string, Folder>();
  const lives = new Map<string, Live>();
  const translations = new Map<string, readonly string[]>();
  const newId = () => opaqueId(random, 16);
  const drives: readonly Drive[] = [
    { id: newId(), name: "Interviews", isArchived: false },
    { id: newId(), name: "Last year", isArchived: true },
  ];
  return {
    transcripts,
    earlier: (id) => before.get(id),
    put: (transcript) => {
      const old = transcripts.get(transcript.id);
      if (old !== undefined) before.set(old.id, old);
      transcripts.put(transcript);
      return transcript;
    },
    remove: (id) => transcripts.remove(id),
    folders,
    drives,
    lives,
    translations,
    newId,
    clear: () => {
      for (const held of [transcripts, before, folders, lives, translations]) held.clear();
    },
  };
}

const SHAPE = {
  idOf: ({ id }: Transcript) => id,
  compareIds: (left: string, right: string) => (left < right ? -1 : Number(left > right)),
  keysOf: () => [],
  orderOf: (_order: string, { createdAt }: Transcript) => createdAt,
};
