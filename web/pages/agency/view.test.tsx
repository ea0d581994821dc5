import { expect, test } from "vitest";
import type { AgencyAccountView } from "../../../model/api/connections.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { failed, ready } from "../../stories/loaded.ts";
import { type AgencyPageProps, AgencyPageView } from "./view.tsx";

const ROWS: readonly AgencyAccountView[] = [
  { account: "loc-1", name: "Harbour Dental", connectionId: "harbour-dental" },
  { account: "loc-2", name: "Quay Dental" },
];

function page(accounts: AgencyPageProps["accounts"] = ready(ROWS)) {
  const said = async () => "";
  return <AgencyPageView agencyId="comp-1" partner="HighLevel" accounts={accounts} onConnect={said} onForget={said} />;
}

test("UI147 each account of an agency is connected in a click, or leads to its connection", () => {
  const text = words(page());
  expect(text).toContain("1 account to choose from");
  expect(text).toContain("Quay Dental loc-2");
  expect(drawn(page())).toContain('href="/connections/harbour-dental"');
  expect(drawn(page())).toContain('aria-label="Connect Quay Dental"');
  expect(drawn(page())).not.toContain('aria-label="Connect Harbour Dental"');
});

test("UI147 when all are connected, none is there or they cannot be listed, the page says so", () => {
  expect(words(page(ready(ROWS.slice(0, 1))))).toContain("All are connected");
  expect(words(page(ready([])))).toContain("The app is installed at none of its accounts");
  expect(words(page(failed(new Error("The agency's tokens are over."))))).toContain("The agency's tokens are over.");
});
