import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { highlevel } from "../../connectors/highlevel/index.ts";
import { anyConnector } from "../../kit/index.ts";
import { createHighLevelEmulator, type HighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { availablePort } from "../../server/compose.ts";
import { aHub, type Scene } from "../../server/scene.ts";
import { startBrowser } from "./chromium.ts";
import { aFolder, anEnding } from "./processes.ts";

/** Signing in to HighLevel in a real browser, through the emulator's pages. */
const ending = anEnding();
let emulator: HighLevelEmulator;
let scene: Scene;
let browser: Browser;
let pictures: string;

beforeAll(async () => {
  pictures = process.env.PICTURES ?? aFolder(ending);
  emulator = createHighLevelEmulator({
    isInstalled: false,
    location: { name: "Harbour Dental" },
    furtherLocations: [{ name: "Quay Dental" }],
  });
  const { url, close } = await emulator.listen(0);
  ending.add(close);
  const port = await availablePort("127.0.0.1", 0);
  scene = await aHub({
    connectors: new Map([["highlevel", anyConnector(highlevel)]]),
    clock: { now: Date.now, after: () => () => {} },
    listenOn: { host: "127.0.0.1", port },
    publicUrl: `http://127.0.0.1:${port}`,
  });
  ending.add(scene.hub.stop);
  const response = await fetch(`${scene.hub.url}/api/workspaces/w`, {
    method: "PUT",
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    body: JSON.stringify({
      workspace: { id: "w", name: "Workshop" },
      connections: emulator.agency.locations().map(({ id, name }, place) => ({
        ...{ id: place === 0 ? "crm" : "quay", connector: "highlevel", name },
        settings: { locationId: id, viaAgency: true },
        baseUrls: { api: url, marketplace: url },
        credential: { kind: "consent", ...emulator.oauthClient },
      })),
    }),
  });
  expect(response.status).toBe(200);
  browser = await startBrowser();
  ending.add(() => browser.close());
}, 120_000);
afterAll(ending.all);

/** Opens the link of the command line in a fresh browser, and looks at the pages on a desk and on a phone. */
async function connecting(look: (page: Page) => Promise<void>): Promise<void> {
  const context = await browser.newContext();
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const wrongs: string[] = [];
  page.on("pageerror", (error) => wrongs.push(String(error)));
  page.on("console", (line) => line.type() === "error" && wrongs.push(line.text()));
  await page.goto(await scene.hub.newSignInLink());
  await page.goto(`${scene.hub.url}/connect/w/crm`);
  await look(page);
  expect(wrongs.filter((words) => !words.includes("503") && !words.includes("404"))).toEqual([]);
  await context.close();
}

async function picture(page: Page, name: string): Promise<void> {
  for (const [kind, width, height] of [
    ["desk", 1280, 800],
    ["phone", 390, 844],
  ] as const) {
    await page.setViewportSize({ width, height });
    await page.screenshot({ path: join(pictures, `${name}-${kind}.png`) });
    const isWider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    expect(isWider, `${name} on a ${kind} is wider than the screen`).toBe(false);
  }
}

test("A82 in a browser: who denies at HighLevel's page comes back to a page that says so", async () => {
  await connecting(async (page) => {
    await page.getByRole("button", { name: "Continue to HighLevel" }).click();
    await page.getByRole("button", { name: "Deny" }).click();
    await page.getByRole("heading", { name: "Harbour Dental is not connected" }).waitFor();
    await picture(page, "denied");
    await page.getByRole("link", { name: "Connect again" }).click();
    await page.getByRole("heading", { name: "Connect Harbour Dental" }).waitFor();
  });
});

test("A80 in a browser: a location is chosen at HighLevel's page, and the connection works", async () => {
  await connecting(async (page) => {
    await page.getByRole("heading", { name: "Connect Harbour Dental" }).waitFor();
    await picture(page, "question");
    await page.getByRole("button", { name: "Continue to HighLevel" }).click();
    await page
      .getByLabel(/Harbour Dental/)
      .first()
      .check();
    await page.getByRole("button", { name: "Allow access" }).click();
    await page.getByRole("heading", { name: "Harbour Dental is connected" }).waitFor();
    await picture(page, "connected");
  });
  const row = await scene.store.connection("w", "crm");
  expect(row?.health.status).toBe("working");
});

test("A87 in a browser: the agency is chosen with both locations, and both connections work", async () => {
  await connecting(async (page) => {
    await page.getByRole("button", { name: "Continue to HighLevel" }).click();
    await page.locator('input[name="choice"][value="agency"]').check();
    for (const { id } of emulator.agency.locations()) await page.locator(`input[name="approved.${id}"]`).check();
    await page.getByRole("button", { name: "Allow access" }).click();
    await page.getByRole("heading", { name: "Harbour Dental is connected" }).waitFor();
    await page.getByRole("listitem").filter({ hasText: "Quay Dental" }).waitFor();
    await picture(page, "agency");
  });
  const check = await fetch(`${scene.hub.url}/api/workspaces/w/connections/quay/check`, {
    method: "POST",
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    body: "{}",
  });
  expect(await check.json()).toMatchObject({ status: "working" });
});
