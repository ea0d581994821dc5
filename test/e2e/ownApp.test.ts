import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { connectorById } from "../../connectors/index.ts";
import { allowedAddresses, guardedAgent } from "../../kit/index.ts";
import { availablePort } from "../../server/compose.ts";
import { acme, aHub, aWorkspace, type Scene } from "../../server/scene.ts";
import { daybookWorld } from "../daybook.ts";
import { ROOT } from "../source.ts";
import { startBrowser } from "./chromium.ts";
import { aFolder, anEnding } from "./processes.ts";
import { beginVisit } from "./visit.ts";

/** An app of the user's own, connected in a real browser: the example app, by the address of its document. */
const ending = anEnding();
let scene: Scene;
let browser: Browser;
let world: Awaited<ReturnType<typeof daybookWorld>>;
let pictures: string;

beforeAll(async () => {
  pictures = process.env.PICTURES ?? aFolder(ending);
  world = await daybookWorld();
  ending.add(world.close);
  const yourapp = connectorById("yourapp") ?? acme;
  const port = await availablePort("127.0.0.1", 0);
  const allowed = allowedAddresses(["127.0.0.1"]);
  scene = await aHub({
    connectors: new Map([acme, yourapp].map((one) => [one.id, one])),
    ...(allowed && { guarded: guardedAgent({ resolve: async () => [], allowed }) }),
    clock: { now: Date.now, after: () => () => {} },
    listenOn: { host: "127.0.0.1", port },
    publicUrl: `http://127.0.0.1:${port}`,
    pagesFolder: join(ROOT, "web", "dist"),
  });
  ending.add(scene.hub.stop);
  await fetch(`${scene.hub.url}/api/workspaces/w`, {
    method: "PUT",
    headers: { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" },
    body: JSON.stringify({ ...aWorkspace(), syncs: [] }),
  });
  browser = await startBrowser();
  ending.add(() => browser.close());
}, 120_000);
afterAll(ending.all);

async function picture(page: Page, name: string): Promise<void> {
  for (const [scheme, width] of [
    ["light", 1280],
    ["dark", 1280],
    ["light", 390],
  ] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.setViewportSize({ width, height: 800 });
    await page.screenshot({ path: join(pictures, `ownApp-${name}-${scheme}-${width}.png`), fullPage: true });
    const isWider = await page.evaluate("document.documentElement.scrollWidth > window.innerWidth");
    expect(isWider, `${name} at ${width} px is wider than the screen`).toBe(false);
  }
  await page.emulateMedia({ colorScheme: "light" });
  await page.setViewportSize({ width: 1280, height: 800 });
}

test("YA44 an app is connected in the browser from the address of its document, tried on a live record, and kept in step", async () => {
  const { page, wrongs, end } = await beginVisit(browser, scene.hub.url);
  page.setDefaultTimeout(10_000);
  const { database } = world.daybook;
  const person = database.add("people", { given_name: "Ines", contact: { email: "ines@daybook.example" } });
  database.add("notes", { content: "Likes wood." }, person?.id);
  const api = world.connection.baseUrls?.api ?? "";
  await page.goto(await scene.hub.newSignInLink());
  await page.goto(`${scene.hub.url}/partners/yourapp`);
  await page.getByLabel("Address of the document").fill(`${new URL(api).origin}/openapi.yaml`);
  await picture(page, "1-source");
  await page.getByRole("button", { name: "Read it" }).click();
  await page.getByLabel("Address of its API").fill(api);
  await page.getByText("From /people: 15 fields").waitFor();
  await picture(page, "2-records");
  await page.getByText("How they are reached").first().click();
  await picture(page, "2-reach");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByText("loyalty_tier").waitFor();
  await picture(page, "3-fields");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("textbox", { name: "The key", exact: true }).fill("daybook-test-key");
  await page.getByText("Its webhooks, if it sends any").click();
  await page.getByText("Signed with a secret").click();
  await page.getByLabel("Shared secret").fill("a secret of some length");
  await page.getByLabel("Events about contacts").fill("person.*");
  await page.getByLabel("Id of the contact").fill("record.id");
  await picture(page, "4-signIn");
  await page.getByRole("button", { name: "Next" }).click();
  await page.getByRole("button", { name: "Look at some" }).first().click();
  await page.getByText("1 on the first page").waitFor();
  await page.getByRole("button", { name: "Look at some" }).nth(1).click();
  await page.getByText("Likes wood.").first().waitFor();
  await page.getByText("As the app shows it").first().click();
  await picture(page, "5-trial");
  await page.getByRole("button", { name: "It looks right" }).click();
  await page.getByText("Read and write").click();
  await picture(page, "6-finish");
  await page.getByRole("button", { name: "Connect Daybook" }).click();
  await page.waitForURL(`${scene.hub.url}/`);
  const row = (await scene.store.connections("w")).find(({ id }) => id === "daybook");
  expect(row).toMatchObject({
    connectorId: "yourapp",
    settings: { writing: true, webhookSecret: "a secret of some length" },
  });
  // The other side has contacts only.
  expect((await scene.store.syncs("w")).map(({ config }) => config.id)).toEqual(["contacts-daybook"]);
  expect(wrongs()).toEqual([]);
  await end();
}, 60_000);
