import { expect, test } from "vitest";
import { aConnection, aDelivery, STORY_NOW } from "../../stories/builders.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { reading, ready } from "../../stories/loaded.ts";
import { WebhooksPageView } from "./view.tsx";

const page = (deliveries: Parameters<typeof WebhooksPageView>[0]["deliveries"]) => (
  <WebhooksPageView deliveries={deliveries} connections={[aConnection()]} />
);

test("UI60 each webhook is shown with how it was proved and what it led to", () => {
  const view = page(ready([aDelivery({ repeats: 2 })]));
  const text = words(view);
  expect(text).toContain("ContactUpdate");
  expect(text).toContain("Done");
  expect(text).toContain("Zoë Åkerlund : Wrote phone to Salesmate.");
  expect(text).toContain("Harbour Dental · signed (ed25519) · came again 2 times and was not counted twice");
  expect(drawn(view)).toContain('href="/records/lnk-7"');
});

test.each([
  ["Nothing follows this", []],
  ["On the way", [{ key: "record:contacts:left:c1", state: "waiting" as const }]],
  ["Nothing had to be written", [{ key: "record:contacts:left:c1", state: "done" as const }]],
  ["All that changed was looked for", [{ key: "poll:contacts:left", state: "done" as const }]],
  ["What belongs to the contact", [{ key: "children:notes:left:c1", state: "done" as const }]],
  [
    "Salesmate refuses",
    [{ key: "record:contacts:left:c1", state: "failed" as const, summary: "Salesmate refuses it.", at: STORY_NOW }],
  ],
])("UI60 what it led to is said in words: %s", (expected, ledTo) => {
  expect(words(page(ready([aDelivery({ ledTo })])))).toContain(expected);
});

test("UI60 before any has come the page says what happens meanwhile", () => {
  expect(words(page(ready([])))).toContain("No webhook has come yet");
  expect(drawn(page(reading))).toContain('aria-label="Reading the webhooks"');
});
