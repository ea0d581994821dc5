import type { LinkView } from "../../../model/api/views.ts";
import { otherSide } from "../../../model/record.ts";
import type { SandboxPartner } from "../../api/keys.ts";
import { duration } from "../../text/times.ts";
import type { Tone } from "../../text/words.ts";

/**
 * The way of one edit from the partner where it was made to the other, as seen and timed by this page.
 *
 * `saving` until the emulated partner has taken it → `travelling` → `arrived` when the hub tells that it wrote the
 * other side; `stopped` when the hub tells that it could not; `equal` when it found nothing to carry, from where
 * `arrived` may still follow, since that may have been said of an older edit. Each new edit begins a new journey.
 */
export interface Journey {
  readonly who: string;
  readonly from: SandboxPartner;
  readonly to: SandboxPartner;
  readonly deed: "edited" | "created" | "deleted" | "completed" | "reopened" | "written" | "finished" | "given";
  /** When the person pressed the button, in milliseconds of a clock that never jumps. */
  readonly startedAt: number;
  /** The sync that carries it. Records of several syncs may have the same id at their partner. */
  readonly syncId?: string | undefined;
  /** The edited record's id at its partner, once known. */
  readonly recordId?: string;
  readonly state: "saving" | "travelling" | "equal" | "arrived" | "stopped";
  readonly tookMs?: number;
  readonly linkId?: string;
}

/** A live event about a link, with the moment at which this page heard it. */
export interface Heard {
  readonly linkId: string;
  readonly verdict: string;
  readonly at: number;
}

const OUTCOMES: Readonly<Record<string, Journey["state"]>> = {
  created: "arrived",
  updated: "arrived",
  deleted: "arrived",
  linked: "arrived",
  unlinked: "stopped",
  agreed: "equal",
  failed: "stopped",
  conflict: "stopped",
  ambiguous: "stopped",
};

/** Whether an event could be the end of this journey at all. */
export function isWorthAsking(journey: Journey, heard: Heard): boolean {
  if (journey.state === "arrived" || journey.state === "stopped") return false;
  const outcome = OUTCOMES[heard.verdict];
  return heard.at >= journey.startedAt && outcome !== undefined && outcome !== journey.state;
}

/**
 * The journey after an event about `link`; unchanged when the link is about another contact, or when what was written
 * was this side and not the other.
 * @param side the side of the link on which the journey began
 */
export function afterEvent(journey: Journey, heard: Heard, link: LinkView, side: "left" | "right"): Journey {
  const outcome = OUTCOMES[heard.verdict];
  if (journey.syncId !== undefined && link.syncId !== journey.syncId) return journey;
  if (!isOfRecord(journey, link[side]?.externalId)) return journey;
  if (outcome === undefined || !isWorthAsking(journey, heard)) return journey;
  if (heard.verdict === "updated" && !isWrittenTo(link, otherSide(side))) return journey;
  const isAlone = heard.verdict === "deleted" && link[otherSide(side)] === undefined;
  const state = isAlone ? "equal" : outcome;
  return { ...journey, linkId: link.id, state, tookMs: heard.at - journey.startedAt };
}

/** The note of a transcript has its id and, after a dot, that of whom it is with. */
function isOfRecord({ from, recordId }: Journey, externalId: string | undefined): boolean {
  if (recordId === undefined || externalId === undefined) return false;
  return externalId === recordId || (from === "trint" && externalId.startsWith(`${recordId}.`));
}

/** Whether the newest update in the link's history wrote this side. */
function isWrittenTo(link: LinkView, side: "left" | "right"): boolean {
  const newest = link.history.find(({ verdict }) => verdict === "updated");
  return newest?.fields.some(({ write }) => write === side || write === "both") ?? false;
}

/** The names of the partners as people know them. */
export const PARTNER_NAMES: Readonly<Record<SandboxPartner, string>> = {
  highlevel: "HighLevel",
  salesmate: "Salesmate",
  trustmary: "Trustmary",
  trustpilot: "Trustpilot",
  trint: "Trint",
  daybook: "Daybook",
};

/** What can stand beside HighLevel. */
export type SandboxApp = Exclude<SandboxPartner, "highlevel">;

/** The partner across: HighLevel, or of HighLevel the app that stands beside it. */
export function otherPartner(partner: SandboxPartner, app: SandboxApp): SandboxPartner {
  return partner === "highlevel" ? app : "highlevel";
}

/**
 * The journey in a sentence: `Ana Silva, edited in HighLevel: arrived in Salesmate after 0.8 s`.
 * @param isPaused whether the sync is, so that nothing travels for now
 */
export function journeySentence(journey: Journey, isPaused = false): { readonly text: string; readonly tone: Tone } {
  const { who, deed, from, state } = journey;
  const to = PARTNER_NAMES[journey.to];
  const start = `${who}, ${deed} in ${PARTNER_NAMES[from]}`;
  switch (state) {
    case "saving":
      return { text: `${start}: saving`, tone: "quiet" };
    case "travelling":
      if (isPaused) return { text: `${start}: goes to ${to} when the sync is resumed`, tone: "quiet" };
      return { text: `${start}: on its way to ${to}`, tone: "wait" };
    case "equal":
      return { text: `${start}: both sides already agree, nothing to carry to ${to}`, tone: "quiet" };
    case "arrived":
      return { text: `${start}: arrived in ${to} after ${duration(journey.tookMs ?? 0)}`, tone: "good" };
    case "stopped":
      return { text: `${start}: did not go to ${to}. Its record tells why`, tone: "bad" };
    default:
      return state satisfies never;
  }
}
