import { baseNotStored } from "./base-not-stored.ts";
import { clearNotCarried } from "./clear-not-carried.ts";
import { createRetried } from "./create-retried.ts";
import { cursorByTimeOnly } from "./cursor-by-time-only.ts";
import { deletedOnAbsence } from "./deleted-on-absence.ts";
import { deletionForgotten } from "./deletion-forgotten.ts";
import { echoByTimer } from "./echo-by-timer.ts";
import { editsDeleted } from "./edits-deleted.ts";
import { mergeDeletes } from "./merge-deletes.ts";
import type { Mutation } from "./mutation.ts";
import { nobodyAsked } from "./nobody-asked.ts";
import { noteDoubled } from "./note-doubled.ts";
import { oneReadProves } from "./one-read-proves.ts";
import { pollWithoutMemory } from "./poll-without-memory.ts";
import { recordAsAWhole } from "./record-as-a-whole.ts";
import { refreshWithoutLock } from "./refresh-without-lock.ts";
import { staleReadWins } from "./stale-read-wins.ts";
import { strangersBelieved } from "./strangers-believed.ts";
import { tagsAsAWhole } from "./tags-as-a-whole.ts";
import { tokensNotStored } from "./tokens-not-stored.ts";
import { trustmaryWrittenOver } from "./trustmary-written-over.ts";
import { trustpilotOwnerForgotten } from "./trustpilot-owner-forgotten.ts";

export type { Mutation } from "./mutation.ts";

/** Every known bug that a sweep must find. */
export const MUTATIONS: readonly Mutation[] = [
  echoByTimer,
  baseNotStored,
  clearNotCarried,
  tagsAsAWhole,
  strangersBelieved,
  pollWithoutMemory,
  deletionForgotten,
  recordAsAWhole,
  createRetried,
  editsDeleted,
  nobodyAsked,
  oneReadProves,
  refreshWithoutLock,
  tokensNotStored,
  deletedOnAbsence,
  staleReadWins,
  cursorByTimeOnly,
  noteDoubled,
  mergeDeletes,
  trustmaryWrittenOver,
  trustpilotOwnerForgotten,
];

/** @throws Error when there is none of that name */
export function mutationNamed(name: string): Mutation {
  const found = MUTATIONS.find((mutation) => mutation.name === name);
  if (found !== undefined) return found;
  throw new Error(`there is no mutation "${name}"; known are ${MUTATIONS.map((mutation) => mutation.name).join(", ")}`);
}
