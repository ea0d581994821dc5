import { expect, test } from "vitest";
import type { LinkView } from "../../../model/api/views.ts";
import { aJournalEntry, aLink } from "../../stories/builders.ts";
import { createFollower } from "./follow.ts";
import { afterEvent, type Journey, journeySentence } from "./journey.ts";

function aJourney(different: Partial<Journey> = {}): Journey {
  const begun = { who: "Ana Silva", from: "highlevel", to: "salesmate", deed: "edited", startedAt: 1_000 } as const;
  return { ...begun, recordId: "hl-1", state: "travelling", ...different };
}

const heard = (verdict: string, at = 1_812) => ({ linkId: "lnk-1", verdict, at });
const wrote = (write: "left" | "right"): LinkView =>
  aLink({ history: [aJournalEntry({ fields: [{ field: "phone", rule: "M2", write }] })] });

test("UI10 an edit has arrived when the hub wrote the other side, timed from the press of the button", () => {
  const journey = afterEvent(aJourney(), heard("updated"), wrote("right"), "left");
  expect(journey).toMatchObject({ state: "arrived", tookMs: 812, linkId: "lnk-1" });
  expect(journeySentence(journey).text).toBe("Ana Silva, edited in HighLevel: arrived in Salesmate after 0.8 s");
});

test.each([
  ["another contact's link", heard("updated"), aLink({ left: { externalId: "hl-2", email: "", phone: "" } })],
  ["an update that wrote only the edited side", heard("updated"), wrote("left")],
  ["an event from before the edit", heard("updated", 999), wrote("right")],
  ["a verdict that ends nothing", heard("waiting"), wrote("right")],
])("UI10 %s is no arrival", (_, event, link) => {
  const journey = aJourney();
  expect(afterEvent(journey, event, link, "left")).toBe(journey);
});

test.each([
  ["created", "arrived"],
  ["deleted", "arrived"],
  ["linked", "arrived"],
  ["agreed", "equal"],
  ["failed", "stopped"],
  ["conflict", "stopped"],
  ["ambiguous", "stopped"],
  ["unlinked", "stopped"],
])("UI10 the verdict %s leaves the journey %s", (verdict, state) => {
  expect(afterEvent(aJourney(), heard(verdict), aLink(), "left").state).toBe(state);
});

test("UI10 what was said to be equal may still arrive, since that may have been about an older edit", () => {
  const equal = afterEvent(aJourney(), heard("agreed"), aLink(), "left");
  expect(afterEvent(equal, heard("updated", 2_000), wrote("right"), "left").state).toBe("arrived");
});

test("UI10 deleting what never was on the other side is no arrival there", () => {
  const deleted = aJourney({ deed: "deleted" });
  expect(afterEvent(deleted, heard("deleted"), aLink({ right: undefined }), "left").state).toBe("equal");
});

test("UI10 a record of another sync that has the same id is no arrival", () => {
  const journey = aJourney({ syncId: "tasks" });
  expect(afterEvent(journey, heard("updated"), wrote("right"), "left")).toBe(journey);
  const own = { ...wrote("right"), syncId: "tasks" };
  expect(afterEvent(journey, heard("updated"), own, "left").state).toBe("arrived");
});

test("UI10 what has arrived stays arrived", () => {
  const arrived = aJourney({ state: "arrived", tookMs: 5 });
  expect(afterEvent(arrived, heard("failed"), aLink(), "left")).toBe(arrived);
});

/** A follower with a clock and links that the test sets. */
function aFollower(links: ReadonlyMap<string, LinkView>) {
  const journeys: (Journey | undefined)[] = [];
  const asked: string[] = [];
  const clock = { now: 1_000 };
  const follower = createFollower({
    now: () => clock.now,
    sideOf: (partner) => (partner === "highlevel" ? "left" : "right"),
    onChange: (journey) => journeys.push(journey),
    readLink: async (linkId) => {
      asked.push(linkId);
      return links.get(linkId);
    },
  });
  return { follower, journeys, asked, clock };
}

const edit = { who: "Ana Silva", from: "highlevel", to: "salesmate", deed: "edited", syncId: undefined } as const;

test("UI10 an arrival told before the edit was confirmed is not missed", async () => {
  const { follower, journeys, clock } = aFollower(new Map([["lnk-1", wrote("right")]]));
  await follower.travel({
    ...edit,
    run: async () => {
      clock.now = 1_040;
      follower.hear("lnk-1", "updated");
      return "hl-1";
    },
  });
  await expect.poll(() => journeys.at(-1)?.state).toBe("arrived");
  expect(journeys.at(-1)?.tookMs).toBe(40);
});

test("UI10 of many links that change, the edited contact's is found", async () => {
  const other = aLink({ id: "lnk-2", left: { externalId: "hl-2", email: "", phone: "" } });
  const { follower, journeys, asked } = aFollower(
    new Map([
      ["lnk-2", other],
      ["lnk-1", wrote("right")],
    ]),
  );
  await follower.travel({ ...edit, run: async () => "hl-1" });
  for (const linkId of ["lnk-2", "lnk-gone", "lnk-1", "lnk-2"]) follower.hear(linkId, "updated");
  await expect.poll(() => journeys.at(-1)?.state).toBe("arrived");
  expect(asked).toEqual(["lnk-2", "lnk-gone", "lnk-1"]);
});

test("UI10 a deed that is refused ends its journey and is told to the form", async () => {
  const { follower, journeys } = aFollower(new Map());
  const refused = follower.travel({ ...edit, run: () => Promise.reject(new Error("Salesmate asks for a last name.")) });
  await expect(refused).rejects.toThrow("last name");
  expect(journeys.at(-1)).toBeUndefined();
});

test("UI10 nothing is asked while nobody waits", () => {
  const { follower, asked } = aFollower(new Map([["lnk-1", aLink()]]));
  follower.hear("lnk-1", "updated");
  expect(asked).toEqual([]);
});

test("UI10 what other syncs carry meanwhile is not read at all", async () => {
  const { follower, asked } = aFollower(new Map());
  await follower.travel({ ...edit, syncId: "contacts", run: async () => "hl-1" });
  follower.hear("lnk-9", "updated", "daybook-contacts");
  follower.hear("lnk-1", "updated", "contacts");
  expect(asked).toEqual(["lnk-1"]);
});
