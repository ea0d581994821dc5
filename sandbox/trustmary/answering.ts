import type { Random } from "../random.ts";
import type { Book } from "./book.ts";
import { shownContact } from "./contact.ts";
import type { Quirks } from "./quirks.ts";
import { type AnswerValues, type SurveyAnswer, type Surveys, shownAnswer } from "./surveys.ts";
import type { Webhooks } from "./webhooks.ts";
import type { Refusals } from "./wording.ts";

/** What somebody who answers a survey gives. Without `contactId` the link carried nobody. */
export type GivenAnswer = {
  /** The first survey when absent. */
  readonly surveyId?: string;
  readonly contactId?: string;
  readonly values: AnswerValues;
};

/** What answering works with. */
export type AnsweringParts = {
  readonly book: Book;
  readonly surveys: Surveys;
  readonly webhooks: Webhooks;
  readonly quirks: () => Quirks;
  readonly refusals: Refusals;
  readonly random: Random;
  readonly now: () => number;
  readonly organizationId: string;
};

/**
 * Has somebody answer a survey: the answer is kept, its contact's last action moves, and whoever listens is told, twice
 * where the quirk has the first page told of.
 * @throws Refusal for a survey or contact that there is not
 */
export function answerSurvey(given: GivenAnswer, parts: AnsweringParts): SurveyAnswer {
  const { book, surveys, quirks, now } = parts;
  const survey = given.surveyId === undefined ? surveys.all()[0] : surveys.get(given.surveyId);
  if (survey === undefined) throw parts.refusals.missing("Survey not found");
  const contact = given.contactId === undefined ? undefined : book.contacts.get(given.contactId);
  if (given.contactId !== undefined && contact === undefined) throw parts.refusals.missing("Contact not found");
  const kept = { surveyId: survey.id, contactId: contact?.id, createdAt: now() };
  const first = quirks().tellsPartly ? surveys.give({ ...kept, values: firstPage(given.values) }) : undefined;
  if (first !== undefined) tellOf(first, parts);
  const answer = surveys.give({ ...kept, ...(first && { id: first.id }), values: given.values });
  if (contact !== undefined) book.put({ ...contact, lastAction: "ANSWER", updatedAt: now() });
  tellOf(answer, parts);
  return answer;
}

function firstPage({ nps, email }: AnswerValues): AnswerValues {
  return { ...(nps !== undefined && { nps }), ...(email !== undefined && { email }) };
}

function tellOf(answer: SurveyAnswer, parts: AnsweringParts): void {
  const event = parts.quirks().webhookEvents[0] ?? "";
  parts.webhooks.tell(event, { answerId: answer.id, contactId: answer.contactId ?? "" }, answerBody(answer, parts));
}

/** The body of a webhook about an answer; where the contact stands in it is a quirk. */
export function answerBody(answer: SurveyAnswer, parts: AnsweringParts): Record<string, unknown> {
  const survey = parts.surveys.get(answer.surveyId);
  if (survey === undefined) throw parts.refusals.missing("Survey not found");
  const contact = answer.contactId === undefined ? undefined : parts.book.contacts.get(answer.contactId);
  const shown = contact && { contact: shownContact(contact) };
  const body = shownAnswer(answer, survey, parts.organizationId);
  return parts.quirks().webhookContact === "inside" ? { answer: { ...body, ...shown } } : { answer: body, ...shown };
}

/** A sample of what a webhook carries, about nobody. */
export function sampleAnswer(parts: AnsweringParts): Record<string, unknown> {
  const [survey] = parts.surveys.all();
  if (survey === undefined) throw parts.refusals.missing("Survey not found");
  const values: AnswerValues = { nps: 9, feedback: "Quick and friendly", email: "sample@example.com", isPublic: true };
  const answer = { id: "anSample", surveyId: survey.id, contactId: undefined, values, createdAt: parts.now() };
  return { answer: shownAnswer(answer, survey, parts.organizationId) };
}
