import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { highlevel } from "../../connectors/highlevel/index.ts";
import { anyConnector } from "../../kit/index.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { availablePort } from "../../server/compose.ts";
import { aHub, type Scene } from "../../server/scene.ts";
import { ROOT } from "../source.ts";
import { startBrowser } from "./chromium.ts";
import { aFolder, anEnding } from "./processes.ts";

/** Connecting HighLevel without a terminal: by the dashboard in a real browser, and the emulator's own pages. */
const ending = anEnding();
let emulator: HighLevelEmulator;
let scene: Scene;
let browser: Browser;
let page: Page;
let pictures: string;
const wrongs: string[] = [];

beforeAll(async () => {
  pictures = process.env.PICTURES ?? aFolder(ending);
  const port = await availablePort("127.0.0.1", 0);
  const publicUrl = `http://127.0.0.1:${port}`;
  emulator = createHighLevelEmulator({
    isInstalled: false,
    location: { name: "Harbour Dental" },
    furtherLocations: [{ name: "Quay Dental" }, { name: "Mill Lane Dental" }],
    app: { redirectUris: [`${publicUrl}/connect/callback`] },
  });
  const { url, close } = await emulator.listen(0);
  ending.add(close);
  // What a person connects here lies at the emulator, as the real one does at HighLevel's own address.
  const connector = anyConnector({ ...highlevel, baseUrls: () => ({ api: url, marketplace: url }) });
  scene = await aHub({
    connectors: new Map([["highlevel", connector]]),
    clock: { now: Date.now, after: () => () => {} },
    listenOn: { host: "127.0.0.1", port },
    publicUrl,
    pagesFolder: join(ROOT, "web", "dist"),
  });
  ending.add(scene.hub.stop);
  const created = await fetch(`${publicUrl}/api/workspaces/w`, {
    method: "PUT",
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    body: JSON.stringify({ workspace: { id: "w", name: "Workshop" } }),
  });
  expect(created.status).toBe(200);
  browser = await startBrowser();
  ending.add(() => browser.close());
  page = await (await browser.newContext({ reducedMotion: "reduce", timezoneId: "UTC", locale: "en-GB" })).newPage();
  page.setDefaultTimeout(10_000);
  page.on("pageerror", (error) => wrongs.push(String(error)));
  await page.goto(await scene.hub.newSignInLink());
}, 120_000);
afterAll(ending.all);

const shown = (what: Locator) => what.first().waitFor({ state: "visible" });
const heading = (name: string) => page.getByRole("heading", { name, level: 1 });

/** Pictures the page on a desk and on a phone, in light and in dark, and sees that nothing is wider than the screen. */
async function picture(name: string): Promise<void> {
  await page.mouse.move(0, 0);
  for (const [kind, width, height, colorScheme] of [
    ["desk", 1280, 800, "light"],
    ["phone", 390, 844, "dark"],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.emulateMedia({ colorScheme });
    await page.locator(`html[data-mantine-color-scheme=${colorScheme}]`).waitFor();
    await page.screenshot({ path: join(pictures, `desk-${name}-${kind}.png`), fullPage: true, animations: "disabled" });
    const isWider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    expect(isWider, `${name} on a ${kind} is wider than the screen`).toBe(false);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("CN12 in a browser: the operator's app is registered, and its secret is not shown again", async () => {
  await page.goto(`${scene.hub.url}/connections`);
  await shown(page.getByText("Nothing is connected yet"));
  await picture("empty");
  await page.getByRole("link", { name: "Register" }).click();
  await shown(heading("Your app at HighLevel"));
  await page.getByLabel("Client id").fill(emulator.oauthClient.clientId);
  await page.getByLabel("Client secret").fill(emulator.oauthClient.clientSecret);
  await page.getByRole("button", { name: "Keep it" }).click();
  await shown(page.getByText(`Registered as ${emulator.oauthClient.clientId}`));
  expect(await page.content()).not.toContain(emulator.oauthClient.clientSecret);
  await picture("app");
});

test("CN13 in a browser: a location is connected by agreeing at HighLevel's page, with nothing typed", async () => {
  await page.getByRole("link", { name: "Connect an account by it" }).click();
  await shown(heading("Connect HighLevel"));
  await picture("new");
  await page.getByRole("button", { name: "Continue to HighLevel" }).click();
  await page.getByRole("button", { name: "Continue to HighLevel" }).click();
  await page
    .getByLabel(/Harbour Dental/)
    .first()
    .check();
  await page.getByRole("button", { name: "Allow access" }).click();
  await page.getByRole("link", { name: "Go to the connection" }).click();
  await shown(page.getByText("Signed in, renewed by itself"));
  await picture("connection");
});

test("UI142 in a browser: turning writing on says what it asks for, and then what was not granted", async () => {
  await page.getByRole("button", { name: "Let it write…" }).click();
  await shown(page.getByText("From now on Kith writes to HighLevel"));
  await page.getByRole("button", { name: "Let it write", exact: true }).click();
  await shown(page.getByText("HighLevel has not granted all that the settings ask for"));
  await shown(page.getByRole("link", { name: "Connect again" }));
  await picture("writing");
});

test("CN2 in a browser: a token that HighLevel refuses is not kept, and the field says so", async () => {
  await page.getByText("Sign in with: Private integration token").click();
  await page.getByLabel("Private integration token").fill("pit-00000000-0000-0000-0000-000000000000");
  await page.getByRole("button", { name: "Try it and keep it" }).first().click();
  await shown(page.getByText("HighLevel did not accept it."));
  await shown(page.getByText("Signed in, renewed by itself"));
});

test("CN15 in a browser: after an agency agreed, its other locations are connected in a click each", async () => {
  await page.goto(`${scene.hub.url}/partners/highlevel`);
  await page.getByLabel("Via agency").selectOption("yes");
  await page.getByRole("button", { name: "Continue to HighLevel" }).click();
  await page.getByRole("button", { name: "Continue to HighLevel" }).click();
  await page.locator('input[name="choice"][value="agency"]').check();
  for (const { id } of emulator.agency.locations()) await page.locator(`input[name="approved.${id}"]`).check();
  await page.getByRole("button", { name: "Allow access" }).click();
  await shown(heading("The agency is connected"));
  await page.getByRole("link", { name: "Choose accounts" }).click();
  await page.getByRole("button", { name: "Connect Quay Dental" }).click();
  await shown(page.getByText("1 account to choose from"));
  await picture("agency");
  await page.goto(`${scene.hub.url}/connections`);
  await shown(page.getByRole("link", { name: "Quay Dental" }));
  await picture("list");
  expect(await scene.store.connection("w", "quay-dental")).toMatchObject({ health: { status: "working" } });
});

test("UI141 in a browser: signing out and removing say what follows before they do it", async () => {
  await page.getByRole("link", { name: "Quay Dental" }).click();
  await page.getByRole("button", { name: "Sign out…" }).click();
  await shown(page.getByText("All its work waits until it is signed in again."));
  await page.getByRole("button", { name: "Sign it out" }).click();
  await shown(page.getByText("Not signed in"));
  await picture("out");
  await page.getByRole("button", { name: "Remove…" }).click();
  await page.getByRole("button", { name: "Remove it" }).click();
  await shown(heading("Connections"));
  expect(await scene.store.connection("w", "quay-dental")).toBeUndefined();
  expect(wrongs).toEqual([]);
});
