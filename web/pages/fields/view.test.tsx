import { expect, test } from "vitest";
import type { FieldChoiceView } from "../../../model/api/fields.ts";
import { STORY_NOW } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { reading, ready } from "../../stories/loaded.ts";
import { type FieldsPageProps, FieldsPageView } from "./view.tsx";

const GONE: FieldChoiceView = {
  side: "right",
  field: "custom.size",
  label: "Size",
  change: "gone",
  was: "text",
  lost: [],
  since: STORY_NOW - 60_000,
  records: 1_204,
  isLeftOut: false,
  choices: [
    { field: "custom.size_2", label: "Size", isSuggested: true },
    { field: "custom.hat", label: "Hat", isSuggested: false },
  ],
};

function page(finding: Partial<FieldChoiceView> = {}, change: Partial<FieldsPageProps> = {}) {
  const props: FieldsPageProps = {
    name: "Contacts",
    names: { left: "HighLevel", right: "Salesmate" },
    findings: ready([{ ...GONE, ...finding }]),
    onAnswer: async () => "",
  };
  return <FieldsPageView {...props} {...change} />;
}

test("UI61 a field that is gone says where, since when, how much it concerns, and that nothing is lost", () => {
  const text = words(page());
  expect(text).toContain("Salesmate does not have the field Size any more.");
  expect(text).toContain("It concerns 1,204 linked records. Until you choose, it is left out");
  expect(text).toContain("Seen 1 min ago");
});

test("UI61 there are all choices, and the field of the same name is suggested", () => {
  const html = drawn(page());
  for (const label of ["Map to Size (custom.size_2)", "Size: I have put it back: try again", "Leave Size out"]) {
    expect(html).toContain(`aria-label="${label}"`);
  }
  expect(html).toContain("Hat (custom.hat)");
  expect(html).not.toContain("Use Size as it is now");
});

test("UI61 a field that changed can be used as it is now", () => {
  const view = page({ change: "options", lost: ["XL", "XXL"], is: "option" });
  expect(words(view)).toContain("has lost options that records hold: XL, XXL.");
  expect(drawn(view)).toContain('aria-label="Use Size as it is now"');
});

test("UI61 one that was left out says so, and can be taken in again", () => {
  const view = page({ isLeftOut: true, triedAt: STORY_NOW });
  expect(words(view)).toContain("It is left out, as you said");
  expect(words(view)).toContain("Take it in again");
  expect(drawn(view)).not.toContain('aria-label="Leave Size out"');
});

test("UI61 before they were read nothing is said of fields, and without findings that all is as it was", () => {
  expect(words(page({}, { findings: reading }))).not.toContain("what it was To the overview");
  expect(words(page({}, { findings: ready([]) }))).toContain("Every field is what it was");
});
