import type { AllowanceView } from "../../model/api/views.ts";
import { count, counted } from "./numbers.ts";
import { span } from "./times.ts";
import type { Tone } from "./words.ts";

/** One allowance as a bar and a sentence. `share` is between 0 and 1. */
export interface AllowanceText {
  readonly share: number;
  readonly text: string;
  readonly note: string;
  readonly tone: Tone;
}

const NEARLY = 0.9;

/** How much of an allowance is used: `23 of 100 in 10 s`, with what it means when it is nearly used up. */
export function allowanceText(allowance: AllowanceView, partner: string): AllowanceText {
  const share = allowance.requests === 0 ? 1 : Math.min(1, allowance.used / allowance.requests);
  const text = `${count(allowance.used)} of ${count(allowance.requests)} in ${span(allowance.perMs)}`;
  if (allowance.waiting > 0) {
    const note = `${counted(allowance.waiting, "request")} waiting for ${partner} to allow more`;
    return { share, text, note, tone: "wait" };
  }
  return { share, text, note: "", tone: share >= NEARLY ? "wait" : "good" };
}
