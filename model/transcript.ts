/**
 * A transcript of what was said, in the hub's eyes: the partner's own recording, with what the hub keeps beside it for the
 * people it is with.
 */

/** How far a transcript is: not looked into yet, being transcribed, there, given up, or not for this key to see. */
export const TRANSCRIPT_STATES = ["unread", "transcribing", "ready", "failed", "closed"] as const;
export type TranscriptState = (typeof TRANSCRIPT_STATES)[number];

/** How a transcript came to be with a person; `hand` is a person at the hub. */
export const TIED_BY = ["metadata", "email", "name", "speaker", "hand"] as const;
export type TiedBy = (typeof TIED_BY)[number];

/** One of the people a transcript is with. */
export interface TranscriptPerson {
  readonly externalId: string;
  readonly name: string;
  readonly by: TiedBy;
}

/** A transcript in a list. */
export interface TranscriptRow {
  readonly id: string;
  readonly title: string;
  readonly state: TranscriptState;
  /** In the product's own pages. */
  readonly pageUrl?: string;
  readonly language: string;
  readonly durationMs?: number;
  /** ISO 8601, empty where the partner does not tell. */
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly people: readonly TranscriptPerson[];
}

/** A note beside a transcript. */
export interface BesideNote {
  readonly externalId: string;
  readonly title: string;
  /** HTML of a key note, plain text of a narrative one. */
  readonly body: string;
  /** Epoch ms. */
  readonly at: number;
}

/** A task beside a transcript. */
export interface BesideTask {
  readonly externalId: string;
  readonly title: string;
  /** ISO 8601, or empty. */
  readonly dueAt: string;
  readonly isCompleted: boolean;
}

/** What the hub keeps beside a transcript for one of its people. */
export interface BesidePerson extends TranscriptPerson {
  readonly email: string;
  readonly phone: string;
  readonly keyNotes: readonly BesideNote[];
  readonly narrativeNotes: readonly BesideNote[];
  readonly tasks: readonly BesideTask[];
}

/** A transcript with everything that the hub keeps beside it. */
export interface TranscriptView extends Omit<TranscriptRow, "people"> {
  readonly excerpt: string;
  /** As it was given at upload. */
  readonly metadata: string;
  readonly people: readonly BesidePerson[];
}

/** A transcript with its words. */
export interface TranscriptExport extends TranscriptView {
  readonly text: string;
}
