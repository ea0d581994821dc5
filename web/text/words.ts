import type { LinkFieldView, OverviewView } from "../../model/api/views.ts";
import type { LinkState } from "../../model/link.ts";

/** How something stands: `good` needs nothing, `wait` waits, be it for a person, `bad` is broken, `quiet` is neutral. */
export const TONES = ["good", "wait", "bad", "quiet"] as const;
export type Tone = (typeof TONES)[number];

/** A state in words, with its tone. */
export interface Worded {
  readonly word: string;
  readonly tone: Tone;
}

/** What a link's state is called on the pages. */
export const LINK_STATE_WORDS: Readonly<Record<LinkState, Worded>> = {
  linked: { word: "Linked", tone: "good" },
  half: { word: "On one side only", tone: "wait" },
  ambiguous: { word: "Waits for you: who is it?", tone: "wait" },
  unlinked: { word: "No longer linked", tone: "quiet" },
  tombstone: { word: "Deleted", tone: "quiet" },
};

/** What a connection's state is called. */
export const CONNECTION_WORDS: Readonly<Record<OverviewView["connections"][number]["status"], Worded>> = {
  unknown: { word: "Not tried yet", tone: "quiet" },
  working: { word: "Working", tone: "good" },
  waiting: { word: "Waiting", tone: "wait" },
  broken: { word: "Does not work", tone: "bad" },
};

/** What the state of one field, both sides beside each other, is called. */
export const FIELD_WORDS: Readonly<Record<LinkFieldView["state"], Worded>> = {
  same: { word: "Same", tone: "good" },
  differs: { word: "Differs, will follow", tone: "wait" },
  conflict: { word: "Waits for you", tone: "wait" },
  finding: { word: "Not kept", tone: "wait" },
  unknown: { word: "Not read yet", tone: "quiet" },
};

/** What each verdict of the journal is called, in the order in which charts stack them. */
const VERDICT_WORDS: Readonly<Record<string, Worded>> = {
  created: { word: "Created", tone: "good" },
  updated: { word: "Updated", tone: "good" },
  deleted: { word: "Deleted", tone: "quiet" },
  linked: { word: "Linked", tone: "good" },
  ambiguous: { word: "Several could match", tone: "wait" },
  conflict: { word: "Conflict", tone: "wait" },
  unlinked: { word: "Unlinked", tone: "quiet" },
  agreed: { word: "Already equal", tone: "quiet" },
  waiting: { word: "Waiting", tone: "wait" },
  failed: { word: "Failed", tone: "bad" },
  caughtUp: { word: "Caught up", tone: "good" },
};

/** The words for a verdict; one that this page does not know is shown as it is. */
export function verdictWords(verdict: string): Worded {
  return VERDICT_WORDS[verdict] ?? { word: verdict, tone: "quiet" };
}

/** The verdicts that changed something at a partner or joined two records. */
export const CHANGES = ["created", "updated", "linked", "deleted"] as const;
export type ChangeVerdict = (typeof CHANGES)[number];

/** Whether a verdict is one of `CHANGES`. */
export function isChange(verdict: string): verdict is ChangeVerdict {
  return CHANGES.some((change) => change === verdict);
}

const REASON_WORDS: Readonly<Record<string, string>> = {
  webhook: "because the partner reported a change",
  poll: "because a look for changes found one",
  backfill: "during the first reading of both sides",
  sweep: "during a full comparison",
  person: "because somebody asked for it",
  retry: "on another attempt",
  hold: "after the waiting time for deletions",
  follow: "following the change before it",
};

/** Why something was looked at, as the end of a sentence. */
export function reasonWords(reason: string): string {
  return REASON_WORDS[reason] ?? `because of: ${reason}`;
}

const KIND_WORDS: Readonly<Record<string, string>> = {
  rate_limited: "Waiting for the partner to allow more requests",
  unavailable: "The partner did not answer",
  unauthorized: "The partner refused the sign-in",
  forbidden: "A permission is missing at the partner",
  not_found: "The record is gone",
  conflict: "It changed while it was being written",
  rejected: "The partner refused these values",
  misconfigured: "A setting is wrong",
  bug: "A fault in Kith itself",
};

/** What kind of failure it was, in a few words. */
export function failureWords(kind: string): string {
  return KIND_WORDS[kind] ?? "It failed";
}
