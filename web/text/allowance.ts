import type { AllowanceView } from "../../model/api/views.ts";
import { count, counted } from "./numbers.ts";
import { span } from "./times.ts";
import type { Tone } from "./words.ts";

/** One allowance as a bar and a sentence. `share` is between 0 and 1. */
export interface AllowanceText {
  readonly label: string;
  readonly share: number;
  readonly text: string;
  readonly note: string;
  readonly tone: Tone;
}

const NEARLY = 0.9;

/** Connectors name their allowances in one word: `burst`, `hourly`, `daily`. */
function labelOf(name: string): string {
  const word = name === "burst" ? "short-term" : name;
  return `${word.charAt(0).toUpperCase()}${word.slice(1)} allowance`;
}

/** How much of each allowance is used. What waits is told once, beside the allowance that is nearest its end. */
export function allowanceTexts(allowances: readonly AllowanceView[], partner: string): readonly AllowanceText[] {
  const shares = allowances.map(shareOf);
  const tightest = shares.indexOf(Math.max(...shares));
  return allowances.map((allowance, place) =>
    allowanceText(place === tightest ? allowance : { ...allowance, waiting: 0 }, partner),
  );
}

function shareOf({ requests, used }: AllowanceView): number {
  return requests === 0 ? 1 : Math.min(1, used / requests);
}

/** One allowance: `23 of 100 in 10 s`, with what it means when requests wait for it. */
export function allowanceText(allowance: AllowanceView, partner: string): AllowanceText {
  const label = labelOf(allowance.name);
  const share = shareOf(allowance);
  const text = `${count(allowance.used)} of ${count(allowance.requests)} in ${span(allowance.perMs)}`;
  if (allowance.waiting > 0) {
    const note = `${counted(allowance.waiting, "request")} waiting for ${partner} to allow more`;
    return { label, share, text, note, tone: "wait" };
  }
  return { label, share, text, note: "", tone: share >= NEARLY ? "wait" : "good" };
}
