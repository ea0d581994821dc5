import { expect, test } from "vitest";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { AnswerForm } from "./answerForm.tsx";
import type { DeskProps } from "./desk.tsx";
import { newReview, reviewFields, reviewOf, reviewTitle, whyNoReview } from "./review.ts";
import { ReviewsColumn } from "./reviews.tsx";

const HELD = { name: "Ana R.", email: "ana@example.com", stars: "2", title: "Too late", text: "Two weeks", reply: "" };
const REVIEW = { id: "r1", fields: HELD, updatedAt: 0 };

function column(different: Partial<DeskProps> = {}) {
  const nothing = async () => {};
  const full: DeskProps = {
    records: ready({ contacts: [REVIEW], total: 1 }),
    ...{ flashing: new Set<string>(), search: "", page: 1, pageSize: 25, open: undefined, person: undefined },
    ...{ onOpen: () => {}, onSearch: () => {}, onPage: () => {} },
    ...{ onCreate: nothing, onEdit: nothing, onDelete: nothing },
  };
  return <ReviewsColumn {...full} {...different} />;
}

test("UI161 a review shows its stars, who wrote it and what it says", () => {
  expect(words(column())).toContain("★★☆☆☆ Too late");
  expect(words(column())).toContain("Ana R. · Two weeks");
  expect(words(column({ records: ready({ contacts: [], total: 0 }) }))).toContain("No review fits");
});

test("UI161 a new review is by whoever is open in HighLevel, and asks for stars, an e-mail and words", () => {
  const author = { name: "Bo Berg", email: "bo@example.com" };
  expect(drawn(column({ open: { kind: "new" }, person: author }))).toContain('value="bo@example.com"');
  const begun = newReview(author);
  expect(whyNoReview(begun)).toBe("Choose the stars first");
  expect(whyNoReview({ ...begun, stars: "2" })).toBe("Write what it was like");
  expect(whyNoReview({ ...begun, stars: "2", email: " " })).toContain("By the e-mail");
  expect(whyNoReview({ ...begun, stars: "2", text: "Late" })).toBeUndefined();
});

test("UI161 of a review that is changed only what differs is sent", () => {
  const before = reviewOf(REVIEW);
  expect(reviewFields({ ...before, stars: "5" }, before)).toEqual({ stars: "5" });
  expect(reviewFields(before, before)).toEqual({});
  expect(reviewFields(before)).toMatchObject({ email: "ana@example.com", stars: "2", isInvited: "true" });
  expect(reviewTitle({ stars: "5", title: "" })).toBe("★★★★★");
});

test("UI162 a survey asks for a score before it can be sent", () => {
  const form = <AnswerForm who="Ana Ruiz" onAnswer={async () => {}} />;
  expect(words(form)).toContain("Answer the survey as Ana Ruiz");
  expect(drawn(form)).toContain('aria-disabled="true"');
});
