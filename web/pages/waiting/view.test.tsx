import { expect, test } from "vitest";
import { aLinkRow, anOverview, aSync, aTrouble } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { reading, ready } from "../../stories/loaded.ts";
import { type WaitingPageProps, WaitingPageView } from "./view.tsx";

const acts = { allowDeletions: async () => "", retry: async () => "" };

function page(change: Partial<WaitingPageProps> = {}) {
  const nothing = { overview: ready(anOverview()), links: ready({ links: [], total: 0 }), troubles: ready([]) };
  return <WaitingPageView {...nothing} acts={acts} {...change} />;
}

test("UI34 when nothing waits the page says so", () => {
  expect(words(page())).toContain("Nothing waits for you");
});

test("UI34 nothing is said to be empty before it has been read", () => {
  const html = drawn(page({ links: reading }));
  expect(html).toContain('aria-label="Reading what waits"');
  expect(html).not.toContain("Nothing waits for you");
});

test("UI34 held deletions, failures and contacts stand in one place, each with what to do", () => {
  const links = [
    aLinkRow({ conflicts: 1 }),
    aLinkRow({ id: "lnk-2", title: "Bo", state: "ambiguous", right: undefined }),
  ];
  const view = page({
    overview: ready(anOverview({ syncs: [aSync({ heldDeletions: 70 })] })),
    links: ready({ links, total: 2 }),
    troubles: ready([aTrouble()]),
  });
  const text = words(view);
  expect(text).toContain("70 deletions held");
  expect(text).toContain("Salesmate refuses the e-mail");
  expect(text).toContain("1 field changed in HighLevel and in Salesmate: choose which value counts.");
  expect(text).toContain("In HighLevel only: say who in Salesmate is the same person, if anybody.");
  expect(drawn(view)).toContain('href="/records/lnk-2?show=attention"');
});

test("UI34 more contacts than the page shows are found in the records", () => {
  const view = page({ links: ready({ links: [aLinkRow({ conflicts: 1 })], total: 1_204 }) });
  expect(words(view)).toContain("All 1,204 in Records");
});

test("UI40 contacts that could be each other stand under one name, each with where it is and its id", () => {
  const asked = { state: "ambiguous" as const, title: "Bo Berg" };
  const links = [
    aLinkRow({ ...asked, id: "r", couldBe: ["l"], left: undefined }),
    aLinkRow({ ...asked, id: "l", couldBe: ["r"], right: undefined }),
  ];
  const view = page({ overview: ready(anOverview()), links: ready({ links, total: 2 }) });
  expect(words(view)).toContain("Bo Berg 2 contacts: who is who?");
  expect(words(view)).toContain("1 in HighLevel and 1 in Salesmate could be the same: say who is who. HighLevel hl-1");
  expect(drawn(view)).toContain('aria-label="Bo Berg, Salesmate 101"');
});

test("UI61 a field that is not what it was waits beside all else, and leads to its choices", () => {
  const fieldFindings = [
    {
      side: "right" as const,
      field: "custom.size",
      label: "Size",
      change: "gone" as const,
      was: "text" as const,
      lost: [],
      since: 0,
      isLeftOut: false,
    },
  ];
  const view = page({ overview: ready(anOverview({ syncs: [aSync({ fieldFindings })] })) });
  expect(words(view)).toContain("Salesmate does not have the field Size any more.");
  expect(drawn(view)).toContain('href="/fields/contacts"');
});
