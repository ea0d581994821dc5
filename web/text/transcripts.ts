import type { TranscriptDetail, TranscriptRowView } from "../../model/api/transcripts.ts";
import type { TiedBy, TranscriptState } from "../../model/transcript.ts";
import { duration } from "./times.ts";
import type { Worded } from "./words.ts";

/** Words of transcripts. Pure. */

const STATES: Readonly<Record<TranscriptState, Worded>> = {
  unread: { word: "Not read yet", tone: "quiet" },
  transcribing: { word: "Being transcribed", tone: "wait" },
  ready: { word: "Finished", tone: "good" },
  failed: { word: "No words came", tone: "bad" },
  closed: { word: "Not for this key", tone: "bad" },
};

/** How far a transcript is. */
export function stateWords(state: TranscriptState): Worded {
  return STATES[state];
}

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });

/** When it was recorded, how long it is, and whom it is with, in one line. */
export function rowWords({
  createdAt,
  durationMs,
  people,
}: Pick<TranscriptRowView, "createdAt" | "durationMs" | "people">) {
  const at = Date.parse(createdAt);
  const parts = [
    Number.isFinite(at) ? DAY.format(at) : "",
    durationMs === undefined ? "" : duration(durationMs),
    people.length === 0 ? "" : `with ${people.map(({ name }) => name).join(", ")}`,
  ];
  return parts.filter((part) => part !== "").join(" · ");
}

const TIED: Readonly<Record<TiedBy, string>> = {
  metadata: "By the metadata of the upload",
  email: "By the e-mail in its file name",
  name: "By the name in its file name",
  speaker: "By the name of a speaker",
  hand: "Added by hand",
};

/** How it is known that a transcript is with somebody. */
export function tiedWords(by: TiedBy): string {
  return TIED[by];
}

type Beside = TranscriptDetail["people"][number];

/** The contact details of somebody, in one line. */
export function contactWords({ name, email, phone }: Pick<Beside, "name" | "email" | "phone">): string {
  const details = [email, phone].filter((detail) => detail !== "" && detail !== name);
  return details.length === 0 ? "No e-mail or phone is known" : details.join(" · ");
}

/** How a task stands, in a word or two. */
export function taskWords({ isCompleted, dueAt }: Beside["tasks"][number]): string {
  if (isCompleted) return "Done";
  const at = Date.parse(dueAt);
  return Number.isFinite(at) ? `Due ${DAY.format(at)}` : "Open";
}
