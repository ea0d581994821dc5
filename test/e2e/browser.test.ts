import { copyFileSync, existsSync, statSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Locator, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../source.ts";
import { startBrowser } from "./chromium.ts";
import { aFolder, anEnding, type HubProcess, startHub } from "./processes.ts";
import { api, overviewOf } from "./rig.ts";
import { until } from "./until.ts";
import { beginVisit } from "./visit.ts";

/**
 * The dashboard in a real browser, on the sandbox that `npm start` brings up. `UPDATE_IMAGES=1` makes the pictures of
 * docs/images/ anew, with as many contacts as a newcomer sees.
 */
const isUpdating = process.env.UPDATE_IMAGES === "1";
const ending = anEnding();
let hub: HubProcess;
let browser: Browser;
/** Where pictures go; those of the documents go there as well when they are to be made anew. */
let pictures: string;

beforeAll(async () => {
  if (!existsSync(join(ROOT, "web", "dist", "index.html"))) {
    throw new Error("The web pages have not been built: run `npm run build`, or start the tests with `npm test`.");
  }
  pictures = aFolder(ending);
  hub = await startHub(ending, aFolder(ending), {
    words: ["sandbox", "--contacts", isUpdating ? "500,480" : "60,56"],
  });
  browser = await startBrowser();
  ending.add(() => browser.close());
  await until("the sandbox in step", () => /^in step: /m.test(hub.out()), 60_000);
}, 120_000);
afterAll(ending.all);

/** Visits the hub, signed in with a link of one's own; afterwards nothing may have gone wrong unseen. */
async function visit(path: string, look: (page: Page) => Promise<void>): Promise<void> {
  const { url } = z.object({ url: z.string() }).parse(await api(hub, "POST", "/api/sign-in-links"));
  await watched(async (page) => {
    await page.goto(url);
    await page.goto(hub.url + path);
    await look(page);
  });
}

async function watched(look: (page: Page) => Promise<void>): Promise<void> {
  const { page, wrongs, end } = await beginVisit(browser, hub.url);
  try {
    await look(page);
    expect(wrongs()).toEqual([]);
  } finally {
    await end();
  }
}

const isShown = (what: Locator) => what.first().waitFor({ state: "visible", timeout: 15_000 });
const heading = (page: Page, name: RegExp | string) => page.getByRole("heading", { name, level: 1 });

/** Pictures the page in light and in dark, whole or as far as the window shows it. */
async function picture(page: Page, name: string, fullPage = false): Promise<void> {
  // A pointer that rests on something would show what that says of itself.
  await page.mouse.move(0, 0);
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
    const path = join(pictures, `${name}-${scheme}.png`);
    await page.screenshot({ path, fullPage, animations: "disabled" });
    // An empty page of one colour takes a tenth of this.
    expect(statSync(path).size).toBeGreaterThan(20_000);
  }
  if (isUpdating) copyFileSync(join(pictures, `${name}-light.png`), join(ROOT, "docs", "images", `${name}.png`));
}

describe("signing in", () => {
  test("G30 the printed link signs in once; a second browser is told so and shown what to do", async () => {
    await watched(async (page) => {
      await page.goto(hub.url);
      await isShown(heading(page, /one-time link/));
      await page.goto(hub.signInLink);
      await isShown(page.getByRole("heading", { name: "Connections" }));
      expect(new URL(page.url()).pathname).toBe("/");
    });
    await watched(async (page) => {
      await page.goto(hub.signInLink);
      await isShown(page.getByRole("status").getByText("That link does not work any more"));
      await isShown(page.getByText("npm run kith -- link"));
    });
  });

  test("G31 who signs out is out: the way back needs a new link", async () => {
    await visit("/", async (page) => {
      await page.getByRole("button", { name: "Sign out" }).click();
      await isShown(heading(page, /one-time link/));
      await page.reload();
      await isShown(heading(page, /one-time link/));
    });
  });
});

test("UI52 what a connection can do is found from the overview, and what only looks is tried there", async () => {
  await visit("/", async (page) => {
    await page.getByRole("link", { name: "What it can do" }).first().click();
    await isShown(heading(page, "What it can do"));
    await page.getByRole("searchbox", { name: "Search what it can do" }).fill("list contacts");
    await page.getByRole("link", { name: "List contacts" }).click();
    await isShown(heading(page, "List contacts"));
    const form = page.getByRole("form", { name: "Try it" });
    await form.getByLabel("Limit").fill("2");
    await form.getByRole("button", { name: "Look it up" }).click();
    const outcome = form.getByRole("region", { name: "What came of it" });
    await isShown(outcome);
    expect(JSON.parse(await outcome.locator("pre").innerText())).toMatchObject({
      contacts: [{ id: expect.any(String) }, { id: expect.any(String) }],
      total: expect.any(Number),
    });
  });
});

test("G32 the overview shows both connections working and how many contacts are in step", async () => {
  await visit("/", async (page) => {
    await isShown(heading(page, /in step/i));
    await until("both work", async () => (await page.getByText("Working", { exact: true }).count()) === 2);
    const [sync] = (await overviewOf(hub, "sandbox")).syncs;
    const linked = new Intl.NumberFormat("en-US").format(sync?.counts.linked ?? 0);
    await isShown(page.getByText(linked, { exact: true }));
    await isShown(page.getByRole("link", { name: "linked", exact: true }));
    await picture(page, "overview", true);
  });
});

test("G33 records are found by any part of a name and show both sides with their history", async () => {
  const person = await aPersonInHighLevel("Katla", "Stefansdóttir", "+3545550101");
  await visit("/records?show=linked&sort=title&page=2", async (page) => {
    await isShown(page.getByRole("row").nth(5));
    await picture(page, "records");
    await page.getByRole("searchbox", { name: "Search records" }).fill("stefans");
    const row = page.getByRole("row", { name: new RegExp(person.lastName) });
    await isShown(row.getByText("Linked"));
    expect(await row.getByText(person.email).count()).toBe(2);
    await row.getByRole("link", { name: new RegExp(person.lastName) }).click();
    await isShown(heading(page, new RegExp(person.lastName)));
    const email = page.getByRole("row", { name: /^E-mail/ });
    expect(await email.getByText(person.email).count()).toBe(2);
    await isShown(page.getByRole("heading", { name: "History" }));
    await isShown(page.getByRole("list", { name: /^History of/ }).getByText(/created/i));
    await picture(page, "record");
  });
});

describe("the sandbox page", () => {
  test("G34 an edit in HighLevel is seen in Salesmate without reloading", async () => {
    const person = await aPersonInHighLevel("Freyja", "Bjarnadóttir", "+3545550102");
    await visit(`/sandbox?highlevel=${person.email}`, async (page) => {
      const isReloaded = whetherReloaded(page);
      await column(page, "HighLevel")
        .getByRole("button", { name: new RegExp(person.lastName) })
        .click();
      const form = page.getByRole("form", { name: /^Edit / });
      await form.getByLabel("City").fill("Reykjavík");
      await form.getByLabel("Last name").fill("Jónsdóttir");
      await form.getByRole("button", { name: "Save" }).click();
      await isShown(page.getByText(/arrived in Salesmate after/));
      const counterpart = page.getByRole("region", { name: "The same person in Salesmate" });
      await isShown(counterpart.getByText("Freyja Jónsdóttir"));
      await picture(page, "sandbox");
      await counterpart.getByRole("button").first().click();
      await until("the city arrived", async () => {
        const shown = await page
          .getByRole("form", { name: /^Edit / })
          .getByLabel("City")
          .inputValue();
        return shown === "Reykjavík";
      });
      expect(isReloaded()).toBe(false);
    });
  });

  test("G35 a contact created in Salesmate appears in HighLevel, and goes when it is deleted there", async () => {
    await visit("/sandbox?salesmate=created.here", async (page) => {
      const isReloaded = whetherReloaded(page);
      await page.getByRole("button", { name: "New contact in Salesmate" }).click();
      const form = page.getByRole("form", { name: "New contact" });
      await form.getByLabel("First name").fill("Zoë");
      await form.getByLabel("Last name").fill("Created-Here");
      await form.getByLabel("E-mail").fill("created.here@harbour.example");
      await form.getByRole("button", { name: "Create" }).click();
      await isShown(page.getByText(/arrived in HighLevel after/));
      const counterpart = page.getByRole("region", { name: "The same person in HighLevel" });
      await counterpart.getByRole("button", { name: /Created-Here/ }).click();
      const opened = column(page, "HighLevel").getByRole("form", { name: /^Edit / });
      await opened.getByRole("button", { name: "Delete…" }).click();
      await opened.getByRole("button", { name: "Delete", exact: true }).click();
      await isShown(page.getByText(/Nobody in Salesmate fits/));
      expect(isReloaded()).toBe(false);
    });
  });
});

const column = (page: Page, name: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { name, exact: true }) });

/** Tells afterwards whether the page has been loaded again since. */
function whetherReloaded(page: Page): () => boolean {
  let loads = 0;
  page.on("load", () => {
    loads += 1;
  });
  return () => loads > 0;
}

/** A person whom HighLevel has and whom Salesmate has been given. */
async function aPersonInHighLevel(firstName: string, lastName: string, phone: string) {
  const person = { firstName, lastName, phone, email: `${firstName.toLowerCase()}@harbour.example` };
  const fields = { ...person, city: "Akureyri", tags: ["regular", "newsletter"] };
  await api(hub, "POST", "/api/sandbox/highlevel/contacts", { fields });
  const path = `/api/workspaces/sandbox/links?state=linked&text=${person.email}`;
  await until("the pair is linked", async () => Total.parse(await api(hub, "GET", path)).total === 1);
  return person;
}

const Total = z.object({ total: z.int() });
