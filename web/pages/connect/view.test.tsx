import { expect, test } from "vitest";
import { aConnector, anApp } from "../../stories/connecting.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { type ConnectPageProps, ConnectPageView, PartnersPageView } from "./view.tsx";

/** A partner that was never heard of when the pages were made. */
const TRAM = aConnector({
  id: "tram",
  name: "Tram",
  credentials: [
    {
      kind: "token",
      label: "Ticket",
      help: "Printed on the wagon.",
      schema: { properties: { token: { type: "string", writeOnly: true } }, required: ["token"] },
    },
  ],
  settings: { properties: { line: { type: "string", description: "Number of the line." } }, required: ["line"] },
});

function page(connector = aConnector(), props: Partial<ConnectPageProps> = {}) {
  const { accountSetting, writingSetting, agencySetting, ...plain } = connector;
  const known = connector === TRAM ? plain : connector;
  const full: ConnectPageProps = {
    connectorId: connector.id,
    connectors: ready([known]),
    app: anApp(),
    onAdd: async () => {},
    onAgree: async () => {},
  };
  return <ConnectPageView {...full} {...props} />;
}

test("UI145 every partner that the hub knows can be connected, and says what it is good for", () => {
  const view = <PartnersPageView connectors={ready([aConnector(), TRAM])} />;
  expect(words(view)).toContain("HighLevel Keeps contacts and notes in step; 153 things it can do or tell of.");
  expect(drawn(view)).toContain('href="/partners/tram"');
  const many = aConnector({ resources: ["contact", "business", "opportunity"] });
  expect(words(<PartnersPageView connectors={ready([many])} />)).toContain(
    "contacts, businesses and opportunities in step",
  );
});

test("UI145 the form of a partner that no page knows is drawn from what it declares", () => {
  const text = words(page(TRAM));
  expect(text).toContain("Connect Tram");
  expect(text).toContain("Ticket * Printed on the wagon.");
  expect(text).toContain("Line * Number of the line.");
  expect(text).toContain("Fill in ticket");
  expect(text).not.toContain("How to sign in");
  expect(drawn(page(TRAM))).toContain('type="password"');
});

test("UI145 where the account is chosen at the partner, it is not asked for here, and writing and agencies are offered", () => {
  const text = words(page());
  expect(text).toContain("Continue to HighLevel");
  expect(text).not.toContain("Location id");
  expect(text.indexOf("Writing")).toBeGreaterThan(0);
  expect(text).toContain("Via agency");
  expect(text).not.toContain("Workflow secret");
});

test("UI150 an address of the account's own can be given before one is sent to agree there", () => {
  const text = words(page());
  expect(text).toContain("A page of your own at HighLevel, such as that of a white label");
  expect(text).toContain("Marketplace address Where the consent page is.");
  expect(words(page(TRAM))).not.toContain("such as that of a white label");
});

test("UI145 without the app that the partner's page needs, the form says where to register it", () => {
  const { clientId: _clientId, ...app } = anApp();
  expect(words(page(aConnector(), { app }))).toContain("HighLevel asks who wants to connect");
  expect(drawn(page(aConnector(), { app }))).toContain('href="/partners/highlevel/app"');
});

test("UI145 a partner that is not there is said to be none", () => {
  expect(words(page(aConnector(), { connectorId: "nobody" }))).toContain("There is no such partner");
});
