import { matchesQuery } from "../control/desk.ts";
import { type Check, type Checks, countText, oneOf, requiredText, text } from "./check.ts";
import { pageOf } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, Visit } from "./routing.ts";
import { queryOf, type Row } from "./rows.ts";
import { type Submission, sheetsOf } from "./submissions.ts";

type Kind = Parameters<typeof sheetsOf>[1];

/** The forms and surveys of section 2.9 of the contract sheet. */
export const SUBMISSION_OPERATIONS: readonly Row[] = [
  ["GET", "/forms/", "forms.readonly", (visit, place) => listSheets("form", visit, place)],
  ["GET", "/forms/submissions", "forms.readonly", (visit, place) => listSubmissions("form", visit, place)],
  ["GET", "/surveys/", "surveys.readonly", (visit, place) => listSheets("survey", visit, place)],
  ["GET", "/surveys/submissions", "surveys.readonly", (visit, place) => listSubmissions("survey", visit, place)],
];

const LIST_QUERY: Checks = { locationId: requiredText, skip: countText, limit: countText, type: oneOf(["folder"]) };
const LIST_MAX = 50;

function listSheets(kind: Kind, visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, LIST_QUERY, ["locationId"]);
  const limit = limitOf(query.limit, 10, LIST_MAX, place);
  const all = query.type === "folder" ? [] : sheetsOf(place, kind).sheets.all();
  const page = pageOf(all, Number(query.skip ?? 0), limit).map((sheet) => ({
    ...sheet,
    locationId: place.location.id,
  }));
  return { body: { [`${kind}s`]: page, total: all.length } };
}

const day: Check = (name, value) =>
  /^\d{4}-\d{2}-\d{2}$/.test(String(value)) ? [] : [`${name} must be a date in the form YYYY-MM-DD`];

const SUBMISSION_MAX = 100;
const DAY_MS = 86_400_000;

const SUBMISSION_QUERY: Checks = {
  locationId: requiredText,
  page: countText,
  limit: countText,
  q: text,
  startAt: day,
  endAt: day,
};

/** Newest first, by pages; from and to a day in UTC. */
function listSubmissions(kind: Kind, visit: Visit, place: Place): Answer {
  const sheetId = `${kind}Id`;
  const query = queryOf(visit, place, { ...SUBMISSION_QUERY, [sheetId]: text }, ["locationId"]);
  const limit = limitOf(query.limit, 20, SUBMISSION_MAX, place);
  const page = Math.max(1, Number(query.page ?? 1));
  const from = query.startAt ? Date.parse(query.startAt) : Number.NEGATIVE_INFINITY;
  const to = query.endAt ? Date.parse(query.endAt) + DAY_MS : Number.POSITIVE_INFINITY;
  const found = sheetsOf(place, kind)
    .submissions.all()
    .filter(
      (one) =>
        (!query[sheetId] || one.sheetId === query[sheetId]) &&
        one.createdAt >= from &&
        one.createdAt < to &&
        matchesQuery(query.q ?? "", [one.contactId, one.name, one.email]),
    )
    .reverse();
  const submissions = pageOf(found, (page - 1) * limit, limit).map((one) => shown(one, sheetId));
  return { body: { submissions, meta: metaOf(page, limit, found.length) } };
}

function limitOf(text: string | undefined, usual: number, max: number, { refusals }: Place): number {
  const limit = Number(text ?? usual);
  if (limit < 1 || limit > max) throw refusals.invalid([`limit must not be greater than ${max}`]);
  return limit;
}

function metaOf(currentPage: number, limit: number, total: number) {
  return {
    total,
    currentPage,
    nextPage: currentPage * limit < total ? currentPage + 1 : null,
    prevPage: currentPage > 1 ? currentPage - 1 : null,
  };
}

function shown({ id, sheetId, contactId, name, email, answers, createdAt }: Submission, key: string) {
  const others = {
    ...answers,
    eventData: { type: "page-visit", timestamp: createdAt, source: "direct" },
    fieldsOriSequance: Object.keys(answers), // the product's own spelling
  };
  return { id, contactId, createdAt: new Date(createdAt).toISOString(), [key]: sheetId, name, email, others };
}
