import { expect, test } from "vitest";
import { aConnectionPage, aConnector, aHandCall } from "../../stories/connecting.ts";
import { drawn, words } from "../../stories/draw.tsx";
import { ready } from "../../stories/loaded.ts";
import { type ConnectionPageProps, ConnectionPageView } from "./view.tsx";

const said = async () => "";

function page(different: Parameters<typeof aConnectionPage>[0] = {}, props: Partial<ConnectionPageProps> = {}) {
  const full: ConnectionPageProps = {
    connection: ready(aConnectionPage(different)),
    connector: aConnector(),
    calls: [],
    ...{
      onCheck: said,
      onPause: said,
      onChange: said,
      onSignIn: said,
      onSignOut: said,
      onWriting: said,
      onRemove: said,
    },
  };
  return <ConnectionPageView {...full} {...props} />;
}

test("UI141 a connection that is signed in by its partner's page can be connected again, and says what was not granted", () => {
  const consent = {
    path: "/connect/w/highlevel",
    hasApp: true,
    scopes: ["contacts.write"],
    missing: ["contacts.write"],
  };
  const text = words(page({ consent }));
  expect(text).toContain("Signed in, renewed by itself");
  expect(text).toContain("HighLevel has not granted all that the settings ask for contacts.write.");
  expect(text).toContain("Connect again");
  expect(drawn(page({ consent }))).toContain('href="/connect/w/highlevel"');
});

test("UI141 without an app of one's own the way to register one is shown in the place of the button", () => {
  const consent = { path: "/connect/w/highlevel", hasApp: false, scopes: [], missing: [] };
  const html = drawn(page({ consent, signIn: "none" }));
  expect(html).toContain('href="/partners/highlevel/app"');
  expect(html).not.toContain('href="/connect/w/highlevel"');
});

test("UI141 a token is typed into a field that hides it, called what the partner calls it", () => {
  const html = drawn(page());
  expect(html).toMatch(/Private integration token.*<input[^>]* type="password"/s);
  expect(words(page())).toContain("It begins with pit- and is shown once.");
});

test.each([
  [
    false,
    "Only reads Kith changes nothing at HighLevel.",
    "To write it needs these as well: contacts.write",
    "Let it write…",
  ],
  [true, "Reads and writes Kith may create, change and delete", "It needs these permissions to write:", "Only read…"],
] as const)("UI142 what writing asks for is told before it is turned on or off: %j", (isOn, ...parts) => {
  const text = words(page({ mayWrite: isOn, writing: { setting: "writing", isOn, asks: ["contacts.write"] } }));
  for (const part of parts) expect(text).toContain(part);
});

test("UI143 settings are drawn from the declaration: those that are set first, secrets hidden, the account not to be changed", () => {
  const html = drawn(page({ settings: { locationId: "loc", country: "PT" }, held: ["workflowSecret"] }));
  expect(html).toContain('value="PT"');
  expect(words(page({ held: ["workflowSecret"] }))).toContain("It is set, and stays unless you type another.");
  expect(html).not.toContain('value="loc"');
  expect(words(page({ isFromFile: true }))).toContain("A workspace file describes this connection.");
});

test("UI141 what a sync uses is not removed, and what none uses may be", () => {
  expect(words(page())).not.toContain("Remove…");
  expect(words(page({ syncs: [] }))).toContain("Remove…");
});

test("UI149 the page says when a webhook last came, why none come where that is known, and nothing where there are none", () => {
  expect(words(page())).toContain("Last webhook 1 min ago");
  expect(words(page({ webhooks: {} }))).toContain("Last webhook None has come lately");
  const reasonForNone = "HighLevel sends none to a private integration.";
  expect(words(page({ webhooks: { reasonForNone } }))).toContain(`Last webhook None. ${reasonForNone}`);
  const { webhooks: _webhooks, ...silent } = aConnectionPage();
  expect(words(page({}, { connection: ready(silent) }))).not.toContain("Last webhook");
});

test("UI150 an address of the account's own is a field with what is set, where the partner lets accounts have one", () => {
  const html = drawn(page({ baseUrls: { marketplace: "https://agree.studio.example" } }));
  expect(html).toContain("Marketplace address");
  expect(html).toContain('value="https://agree.studio.example"');
  const { ownHosts: _ownHosts, ...plain } = aConnector();
  expect(words(page({}, { connector: plain }))).not.toContain("Marketplace address");
});

test("UI144 what was run by hand says who, what, when and what came of it", () => {
  const error = { kind: "unavailable", message: "Whether it took effect is not known." };
  const calls = [aHandCall(), aHandCall({ id: "call-2", by: "dashboard", outcome: "unknown", error })];
  const text = words(page({}, { calls }));
  expect(text).toContain("Create a note 1 min ago by a command or program");
  expect(text).toContain("from the dashboard Whether it took effect is not known.");
  expect(text).toContain("Outcome not known");
  expect(text).toContain("POST /contacts/ocQHyuzH/notes: 201");
  expect(words(page())).toContain("Nobody has run one of its operations by hand.");
});
