import { expect, test } from "vitest";
import { connectors } from "../../connectors/index.ts";
import { hasSetting, shownSettings } from "./settings.ts";

test("CN5 the secret in the address of webhooks is never shown, whichever partner it is for", () => {
  const webhookSecret = "a-secret-of-twenty-four-letters";
  const withSecret = connectors.filter((connector) => hasSetting(connector, "webhookSecret"));
  expect(withSecret.map(({ id }) => id)).toContain("salesmate");
  for (const connector of withSecret) {
    expect([connector.id, shownSettings(connector, { webhookSecret })]).toEqual([
      connector.id,
      { settings: {}, held: ["webhookSecret"] },
    ]);
  }
});
