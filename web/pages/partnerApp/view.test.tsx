import { expect, test } from "vitest";
import { anApp } from "../../stories/connecting.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { AppPageView } from "./view.tsx";

function page(app = anApp()) {
  return (
    <AppPageView connectorId="highlevel" apps={ready([app])} onRegister={async () => ""} onForget={async () => ""} />
  );
}

test("UI146 an app's page holds what to give it at the partner, each to be copied, and takes its id and secret", () => {
  const text = words(page());
  for (const part of [
    "Redirect address https://kith.example/connect/callback",
    "Address for webhooks https://kith.example/hooks/highlevel",
    "To read contacts.readonly locations.readonly",
    "To write as well contacts.write",
    "Registered as 665f00000000000000000001-kith",
  ]) {
    expect(text).toContain(part);
  }
  expect(drawn(page())).toMatch(/Client secret.*type="password"/s);
});

test("UI146 before it is registered the page says what is missing, and offers nothing to forget", () => {
  const { clientId: _clientId, ...app } = anApp();
  const text = words(page(app));
  expect(text).toContain("Keep it");
  expect(text).not.toContain("Forget this app");
  expect(drawn(page(app))).toContain('aria-disabled="true"');
});
