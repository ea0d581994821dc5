import { wholeMinute } from "../../kit/index.ts";
import type { Fields } from "../../model/value.ts";
import type { Settings } from "./settings.ts";
import type { Answer } from "./wire.ts";

/** An answer to a survey as the notes and tasks it becomes. Pure. */

/** A note or task for the book. */
export interface Kept {
  readonly externalId: string;
  readonly fields: Fields;
}

/** Who gave an answer, by e-mail in lower case: the contact whose link was used, else the address that was typed in. */
export function answeredBy({ contact, answer_values }: Answer): string | undefined {
  const email = (contact?.email ?? answer_values?.email ?? "").trim().toLowerCase();
  return email === "" ? undefined : email;
}

/** The note that an answer is. Its id is the answer's own. */
export function answerNote(answer: Answer): Kept {
  const { feedback, comment } = answer.answer_values ?? {};
  const lines = [scoreWords(answer), quoted("Feedback", feedback), quoted("Recommendation", comment)];
  const body = lines.filter((line) => line !== "").map((line) => `<p>${line}</p>`);
  return { externalId: answer.answer_id, fields: { title: titleOf(answer), body: body.join("") } };
}

/** The one task that a low score makes; none for a good one, and none for one that was old when it was first seen. */
export function followUpTask(answer: Answer, settings: Settings, now: number): Kept | undefined {
  const score = answer.answer_values?.nps;
  if (score === null || score === undefined || score > settings.followUpAtMost) return undefined;
  const answeredAt = Date.parse(answer.created_at ?? "");
  if (!(answeredAt >= now - settings.followUpWithinDays * DAY_MS)) return undefined;
  const dueAt = wholeMinute(answeredAt + settings.followUpDays * DAY_MS);
  const title = `Follow up: ${score} of 10 in ${surveyName(answer)}`;
  const body = answer.answer_values?.feedback ?? "";
  return { externalId: `followup_${answer.answer_id}`, fields: { title, body, dueAt, isCompleted: false } };
}

const DAY_MS = 86_400_000;

/** What an answer says of its giver's latest score: when (ISO 8601), how much, and the day. */
export function latestOf({ answer_values, created_at }: Answer) {
  const score = answer_values?.nps;
  const at = Date.parse(created_at ?? "");
  if (score === null || score === undefined || !Number.isFinite(at)) return undefined;
  const iso = new Date(at).toISOString();
  return { at: iso, score, answeredOn: iso.slice(0, 10) };
}

function titleOf(answer: Answer): string {
  const score = answer.answer_values?.nps;
  return score === null || score === undefined ? surveyName(answer) : `${surveyName(answer)}: ${score} of 10`;
}

function surveyName({ survey_name }: Answer): string {
  return survey_name?.trim() || "a survey";
}

function scoreWords({ answer_values }: Answer): string {
  const score = answer_values?.nps;
  return score === null || score === undefined ? "" : `Score: ${score} of 10`;
}

function quoted(label: string, text: string | null | undefined): string {
  return text?.trim() ? `${label}: ${clean(text.trim())}` : "";
}

function clean(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
