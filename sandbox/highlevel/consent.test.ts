import { expect, test } from "vitest";
import { createCaller } from "../testing.ts";
import type { HighLevelOptions } from "./index.ts";
import { type Bench, setUp } from "./testing.ts";

const BACK = "https://hub.example/back";

/** An agency with two locations whose app may send codes to `BACK`, and is not installed yet. */
function withApp(options: HighLevelOptions = {}) {
  const bench = setUp({
    furtherLocations: [{ name: "Quay <Annexe>" }],
    isInstalled: false,
    ...options,
    app: { name: "Kith & Co", redirectUris: [BACK], ...options.app },
  });
  const [first, second] = bench.emulator.agency.locations();
  if (first === undefined || second === undefined) throw new Error("the agency must have two locations");
  return { ...bench, first, second, browse: browserOf(bench) };
}

type Texts = Readonly<Record<string, string>>;

/** What a browser does: opens the page, then sends its form, to which `given` adds what a person chose. */
function browserOf({ emulator }: Bench, path = "/oauth/chooselocation") {
  const call = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  const asked = (differently: Texts = {}): Texts => ({
    response_type: "code",
    client_id: emulator.oauthClient.clientId,
    redirect_uri: BACK,
    scope: "contacts.readonly contacts.write",
    state: "s1",
    ...differently,
  });
  return {
    open: (differently?: Texts) => call("GET", `${path}?${new URLSearchParams(asked(differently))}`),
    answer: async (given: Texts, differently?: Texts) => {
      const answered = await call("POST", path, String(new URLSearchParams({ ...asked(differently), ...given })));
      return { ...answered, back: new URL(String(answered.headers.location ?? "about:blank")) };
    },
  };
}

function exchange({ emulator }: Bench, code: string | null, more: Texts = {}) {
  const call = createCaller(emulator.app, { "content-type": "application/x-www-form-urlencoded" });
  const { clientId, clientSecret } = emulator.oauthClient;
  const fields = { client_id: clientId, client_secret: clientSecret, grant_type: "authorization_code", ...more };
  return call("POST", "/oauth/token", String(new URLSearchParams({ ...fields, code: code ?? "" })));
}

test("EH59 the consent page sends the browser back with a code and the state", async () => {
  const bench = withApp();
  const { back, status } = await bench.browse.answer({ decision: "grant", choice: bench.second.id });
  expect([status, back.origin + back.pathname, back.searchParams.get("state")]).toEqual([303, BACK, "s1"]);
  const granted = await exchange(bench, back.searchParams.get("code"), { redirect_uri: BACK });
  expect(granted.body).toMatchObject({
    userType: "Location",
    locationId: bench.second.id,
    companyId: bench.emulator.agency.companyId,
    scope: "contacts.readonly contacts.write",
  });
});

test.each(["/oauth/chooselocation", "/v2/oauth/chooselocation"])(
  "EH66 the consent page at %s shows app, scopes in words, locations and agency, without scripts",
  async (path) => {
    const bench = withApp();
    const page = await browserOf(bench, path).open();
    expect([page.status, page.headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    for (const words of [
      "Kith &amp; Co",
      "See contacts, their notes",
      "Quay &lt;Annexe&gt;",
      "Also future locations",
    ]) {
      expect(page.text).toContain(words);
    }
    expect(page.text).not.toMatch(/<script|Quay <Annexe>/);
    const policy = String(page.headers["content-security-policy"]);
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("form-action 'self' https://hub.example;");
  },
);

test("EH67 who denies is sent back with access_denied, and nothing is installed", async () => {
  const { browse, emulator } = withApp();
  const { back } = await browse.answer({ decision: "deny", choice: "agency" });
  expect(Object.fromEntries(back.searchParams)).toEqual({ error: "access_denied", state: "s1" });
  expect(emulator.marketplace.installations.list()).toEqual([]);
});

test.each([
  ["an unknown app", { client_id: "nobody" }, "error.noappfound"],
  ["another address", { redirect_uri: "https://hub.example/other" }, "error.redirecturi"],
  ["no address at all", { redirect_uri: "here" }, "error.redirecturi"],
  ["an unknown scope", { scope: "contacts.readonly everything.write" }, "error.scope"],
  ["a scope that the app may not have", { scope: "users.write" }, "error.scope"],
  ["another kind of answer", { response_type: "token" }, "error.responsetype"],
  ["another version", { version_id: "elsewhere" }, "error.noversionid"],
])("EH68 a link with %s is told on a page and sends nobody anywhere", async (_what, differently: Texts, code) => {
  const { browse } = withApp({ app: { redirectUris: [BACK], scopes: ["contacts.readonly", "contacts.write"] } });
  const page = await browse.open(differently);
  expect([page.status, page.text.includes(code)]).toEqual([400, true]);
  const answered = await browse.answer({ decision: "grant", choice: "agency" }, differently);
  expect([answered.status, answered.headers.location]).toEqual([400, undefined]);
});

test("EH69 a version may be demanded and the state kept back, by quirk; without registered addresses this machine's do", async () => {
  const bench = withApp({ quirks: { versionIdAs: "required", stateEcho: "never" }, app: { redirectUris: [] } });
  const here = { redirect_uri: "http://127.0.0.1:4000/back" };
  expect((await bench.browse.open(here)).text).toContain("error.noversionid");
  const { versionId } = bench.emulator.marketplace.app.get();
  const asked = { ...here, version_id: versionId };
  expect((await bench.browse.open({ version_id: versionId })).text).toContain("error.redirecturi");
  const { back } = await bench.browse.answer({ decision: "grant", choice: bench.first.id }, asked);
  expect([back.port, back.searchParams.get("state"), back.searchParams.has("code")]).toEqual(["4000", null, true]);
});

test("EH400 who chooses the agency grants the locations ticked, and those to come if that is ticked", async () => {
  const bench = withApp();
  const chosen = { decision: "grant", choice: "agency", [`approved.${bench.second.id}`]: "on", future: "on" };
  const { back } = await bench.browse.answer(chosen);
  const granted = (await exchange(bench, back.searchParams.get("code"))).body;
  expect(granted).toMatchObject({
    userType: "Company",
    companyId: bench.emulator.agency.companyId,
    isBulkInstallation: true,
    approvedLocations: [bench.second.id],
    installToFutureLocations: true,
  });
  expect(granted).not.toHaveProperty("locationId");
  const later = bench.emulator.agency.add({ name: "Later" });
  const { installations } = bench.emulator.marketplace;
  expect(installations.list().map(({ locationId }) => locationId)).toEqual([bench.second.id, later.id]);
  expect((await bench.browse.answer({ decision: "grant", choice: "agency" })).status).toBe(400);
});

test("EH401 a code dies after ten minutes, and is not good for another address than it was sent to", async () => {
  const bench = withApp();
  const codeOf = async () => {
    const { back } = await bench.browse.answer({ decision: "grant", choice: bench.first.id });
    return back.searchParams.get("code");
  };
  const elsewhere = await exchange(bench, await codeOf(), { redirect_uri: "https://hub.example/other" });
  expect([elsewhere.status, elsewhere.body.error]).toEqual([400, "invalid_grant"]);
  const code = await codeOf();
  bench.clock.advance(600_000);
  expect((await exchange(bench, code)).body).toMatchObject({
    error_description: "Authorization code not found",
    traceId: expect.stringMatching(/^[0-9a-f-]{36}$/),
  });
});
