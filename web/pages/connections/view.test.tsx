import { expect, test } from "vitest";
import { STORY_NOW } from "../../stories/builders.ts";
import { aConnectionRow, anApp } from "../../stories/connecting.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, reading, ready } from "../../stories/loaded.ts";
import { ConnectionsPageView } from "./view.tsx";

function page(rows: readonly ReturnType<typeof aConnectionRow>[] = [aConnectionRow()], apps = [anApp()]) {
  return <ConnectionsPageView connections={ready(rows)} apps={apps} agencies={[]} />;
}

test("UI140 each connection says whose account it is, how it stands, what it may do and when it was heard", () => {
  const text = words(page([aConnectionRow(), aConnectionRow({ id: "crm", name: "Quay", mayWrite: true })]));
  expect(text).toContain("Harbour Dental HighLevel · ve9EPM428h8vShlRW1KT Only reads · heard 4 s ago");
  expect(text).toContain("Quay HighLevel · ve9EPM428h8vShlRW1KT Reads and writes");
  expect(drawn(page())).toContain('href="/connections/highlevel"');
});

test.each([
  [{ signIn: "none" }, "Not signed in"],
  [{ signIn: "waiting" }, "Waits for you to agree"],
  [{ status: "broken", message: "HighLevel refused the token." }, "HighLevel refused the token."],
  [{ isPaused: true }, "Paused"],
] as const)("UI140 what keeps a connection from working is told in the list: %j", (different, said) => {
  expect(words(page([aConnectionRow(different)]))).toContain(said);
});

test("UI140 an empty list says what to do, and one that cannot be read says why", () => {
  expect(words(page([]))).toContain("Nothing is connected yet");
  const broken = <ConnectionsPageView connections={failed(new Error("It is away."))} apps={[]} agencies={[]} />;
  expect(words(broken)).toContain("It is away.");
  expect(drawn(<ConnectionsPageView connections={reading} apps={[]} agencies={[]} />)).toContain(
    "Reading the connections",
  );
});

test("UI140 the apps at partners are listed, registered or not", () => {
  expect(words(page())).toContain("Registered as 665f00000000000000000001-kith");
  const { clientId: _clientId, ...unregistered } = anApp();
  expect(words(page([], [unregistered]))).toContain("None yet.");
  expect(drawn(page([], [unregistered]))).toContain('href="/partners/highlevel/app"');
});

test("UI147 agencies that have agreed are listed with the way to their accounts", () => {
  const agency = { connectorId: "highlevel", agencyId: "comp-1", partner: "HighLevel", grantedAt: STORY_NOW - 60_000 };
  const view = <ConnectionsPageView connections={ready([])} apps={[]} agencies={[agency]} />;
  expect(words(view)).toContain("HighLevel comp-1 Agreed 1 min ago");
  expect(drawn(view)).toContain('href="/partners/highlevel/agencies/comp-1"');
});
