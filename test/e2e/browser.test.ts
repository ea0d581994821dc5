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
    words: ["sandbox", ...(isUpdating ? [] : ["--contacts", "60,56"])],
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

/** Pictures the page in light and in dark, as far as the window shows it. */
async function picture(page: Page, name: string): Promise<void> {
  // A pointer that rests on something would show what that says of itself.
  await page.mouse.move(0, 0);
  for (const scheme of ["dark", "light"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await page.locator(`html[data-mantine-color-scheme=${scheme}]`).waitFor();
    const path = join(pictures, `${name}-${scheme}.png`);
    await page.screenshot({ path, animations: "disabled" });
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
    await page.locator('a[href="/connections/highlevel"]').filter({ hasText: "More about it" }).click();
    await page.getByRole("link", { name: "All that it can do" }).click();
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

test("G32 the overview shows all connections working and how many contacts are in step", async () => {
  await visit("/", async (page) => {
    await isShown(heading(page, /in step/i));
    await until("all work", async () => (await page.getByText("Working", { exact: true }).count()) === 6);
    const sync = (await overviewOf(hub, "sandbox")).syncs.find(({ resource }) => resource === "contact");
    const linked = new Intl.NumberFormat("en-US").format(sync?.counts.linked ?? 0);
    await isShown(page.getByText(linked, { exact: true }).first());
    await isShown(page.getByRole("link", { name: "linked", exact: true }).first());
    // The whole page is as long as four windows; this much shows what is kept in step with the first apps.
    await page.setViewportSize({ width: 1280, height: 1150 });
    await picture(page, "overview");
  });
});

test("G33 records are found by any part of a name and show both sides with their history", async () => {
  const person = await aPersonInHighLevel("Katla", "Stefansdóttir", "+3545550101");
  await visit("/records?show=linked&sort=title&of=contacts&page=2", async (page) => {
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
      await form.getByLabel("Tags, with commas").fill("regular, newsletter, harbour");
      await form.getByRole("button", { name: "Save" }).click();
      await isShown(page.getByText(/arrived in Salesmate after/));
      const counterpart = page.getByRole("region", { name: "The same person in Salesmate" });
      await isShown(counterpart.getByText("Freyja Jónsdóttir"));
      await isShown(counterpart.getByText(/regular · newsletter · harbour/));
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

const PARTS = { HighLevel: "The same person in HighLevel", Salesmate: "The same person in Salesmate" } as const;

/** The notes, tasks or appointments of the person in one product. */
const listOf = (page: Page, kind: string, product: keyof typeof PARTS) =>
  page.getByRole("region", { name: new RegExp(`^${kind} of .* in ${product}$`) });

describe("what belongs to a person, on the sandbox page", () => {
  test("G42 a note added in HighLevel appears in Salesmate, and goes there when it is deleted", async () => {
    await visitPerson("Signy", "+3545550103", async (page) => {
      const [here, there] = [listOf(page, "Notes", "HighLevel"), listOf(page, "Notes", "Salesmate")];
      await here.getByRole("button", { name: "Add a note" }).click();
      await page.getByRole("form", { name: "New note" }).getByLabel("Note").fill("Rang back, wants the small one.");
      await page.getByRole("form", { name: "New note" }).getByRole("button", { name: "Add" }).click();
      await isShown(page.getByText(/^The note .* created in HighLevel: arrived in Salesmate after/));
      await isShown(there.getByText("Rang back, wants the small one."));
      await here.getByRole("button", { name: /^Delete Rang back/ }).click();
      await until("the note is gone across", async () => (await there.getByText(/Rang back/).count()) === 0);
    });
  });

  test("G42 a task written in HighLevel and completed in Salesmate is completed in HighLevel, and edits follow", async () => {
    await visitPerson("Sunna", "+3545550104", async (page) => {
      const [here, there] = [listOf(page, "Tasks", "HighLevel"), listOf(page, "Tasks", "Salesmate")];
      await here.getByRole("button", { name: "Add a task" }).click();
      const form = page.getByRole("form", { name: "New task" });
      await form.getByLabel("Title").fill("Send the plan");
      await form.getByRole("button", { name: "Add" }).click();
      await there.getByRole("button", { name: "Complete Send the plan" }).click();
      await isShown(here.getByRole("button", { name: "Reopen Send the plan" }));
      await here.getByRole("button", { name: "Edit Send the plan" }).click();
      await page.getByRole("form", { name: "Edit Send the plan" }).getByLabel("Title").fill("Send the new plan");
      await page.getByRole("form", { name: "Edit Send the plan" }).getByRole("button", { name: "Save" }).click();
      // No event tells of it: it is found when the turn over all contacts comes to this one, within fifteen seconds.
      await until("the edit is seen", () => there.getByText("Send the new plan").isVisible(), 40_000);
    });
  });

  test("G42 an appointment moved in Salesmate is moved in HighLevel; a phone shows one product at a time", async () => {
    await visitPerson("Torunn", "+3545550105", async (page) => {
      const [here, there] = [listOf(page, "Appointments", "HighLevel"), listOf(page, "Appointments", "Salesmate")];
      await here.getByRole("button", { name: "Add an appointment" }).click();
      const form = page.getByRole("form", { name: "New appointment" });
      await form.getByLabel("Title").fill("Fitting");
      await form.getByLabel("Begins").fill("2031-03-04T09:30");
      await form.getByRole("button", { name: "Add" }).click();
      await there.getByRole("button", { name: "Edit Fitting" }).click();
      const moving = page.getByRole("form", { name: "Edit Fitting" });
      await moving.getByLabel("Begins").fill("2031-03-05T11:00");
      await moving.getByRole("button", { name: "Save" }).click();
      await isShown(here.getByText(/Wed,? 5 Mar, 11:00–12:00/));
      await picture(page, "belongings");
      await page.setViewportSize({ width: 390, height: 800 });
      await until("one product is shown", async () => (await here.isVisible()) && !(await there.isVisible()));
      await page.getByRole("group", { name: "Which product" }).getByText("Salesmate", { exact: true }).click();
      await isShown(there.getByText("Fitting"));
      expect(await here.isVisible()).toBe(false);
    });
  });
});

describe("the other apps, on the sandbox page", () => {
  test("G60 a review with two stars becomes a note and a task in HighLevel", { timeout: 60_000 }, async () => {
    const person = await aPersonInHighLevel("Ylfa", "Hallsdóttir", "+3545550106");
    await inStepWith("trustpilot", person.email);
    await visit("/sandbox?with=trustpilot", async (page) => {
      const isReloaded = whetherReloaded(page);
      await page.getByRole("button", { name: "Write a review in Trustpilot" }).click();
      const form = page.getByRole("form", { name: "New review" });
      await form.getByText("★★☆☆☆", { exact: true }).click();
      await form.getByLabel("Name").fill("Ylfa H.");
      await form.getByLabel("E-mail").fill(person.email);
      await form.getByLabel("Title").fill("Two weeks late");
      await form.getByRole("textbox", { name: /^Review/ }).fill("Later than said, and nobody rang.");
      await form.getByRole("button", { name: "Publish" }).click();
      await isShown(page.getByText(/^The review by Ylfa H., written in Trustpilot: arrived in HighLevel after/));
      await isShown(listOf(page, "Notes", "HighLevel").getByText(/Two weeks late|2 of 5 stars/));
      await isShown(listOf(page, "Tasks", "HighLevel").getByText("Follow up: 2 of 5 stars on Trustpilot"));
      await picture(page, "review");
      expect(isReloaded()).toBe(false);
    });
  });

  test("G62 a recording that is finished in Trint becomes a note in HighLevel", { timeout: 60_000 }, async () => {
    const person = await aPersonInHighLevel("Solrun", "Hallsdóttir", "+3545550108");
    await inStepWith("trint", person.email);
    await visit(`/sandbox?with=trint&highlevel=${person.email}`, async (page) => {
      const isReloaded = whetherReloaded(page);
      await column(page, "HighLevel")
        .getByRole("button", { name: /Solrun/ })
        .click();
      await page.getByRole("button", { name: "Finish a recording in Trint" }).click();
      const form = page.getByRole("form", { name: "New recording" });
      await form.getByLabel("Title").fill("Visit to the harbour");
      await form.getByLabel("E-mail of whom it is with").fill(person.email);
      await form.getByLabel("What was said").fill("She would like the small one, by March.");
      await form.getByRole("button", { name: "Finish" }).click();
      await isShown(
        page.getByText(/^The recording “Visit to the harbour”, finished in Trint: arrived in HighLevel after/),
      );
      await isShown(listOf(page, "Notes", "HighLevel").getByText(/small one, by March/));
      expect(isReloaded()).toBe(false);
    });
  });

  test("G61 a low answer in Trustmary becomes a note and a task; a note of Daybook arrives", {
    timeout: 60_000,
  }, async () => {
    const person = await aPersonInHighLevel("Eydis", "Hallsdóttir", "+3545550107");
    await inStepWith("trustmary", person.email);
    await inStepWith("daybook", person.email);
    await visit(`/sandbox?with=trustmary&trustmary=${person.email}`, async (page) => {
      await column(page, "Trustmary").getByRole("button", { name: /Eydis/ }).click();
      const survey = page.getByRole("form", { name: /^Survey of/ });
      await survey.getByText("3", { exact: true }).click();
      await survey.getByLabel("Why").fill("Had to ring three times.");
      await survey.getByRole("button", { name: "Send the answer" }).click();
      // Answers that no webhook's record tells of are gathered every fifteen seconds.
      const arrival = page.getByText(/^The answer of Eydis .*given in Trustmary: arrived in HighLevel after/);
      await arrival.first().waitFor({ timeout: 40_000 });
      await isShown(listOf(page, "Tasks", "HighLevel").getByText(/^Follow up: 3 of 10/));
      await page.goto(`${hub.url}/sandbox?with=daybook&daybook=${person.email}`);
      await column(page, "Daybook").getByRole("button", { name: /Eydis/ }).click();
      const notes = page.getByRole("region", { name: /^Notes of .* in Daybook$/ });
      await notes.getByRole("button", { name: "Add a note" }).click();
      await page.getByRole("form", { name: "New note" }).getByLabel("Note").fill("Came by, likes wood.");
      await page.getByRole("form", { name: "New note" }).getByRole("button", { name: "Add" }).click();
      await isShown(listOf(page, "Notes", "HighLevel").getByText("Came by, likes wood."));
    });
  });
});

/** Waits until the person of this e-mail is linked with an app as well. */
async function inStepWith(app: string, email: string): Promise<void> {
  const path = `/api/workspaces/sandbox/links?state=linked&sync=${app}-contacts&text=${email}`;
  await until(`the person is in ${app}`, async () => Total.parse(await api(hub, "GET", path)).total === 1);
}

/** Opens somebody new in HighLevel, with the same person beside them in Salesmate. */
async function visitPerson(name: string, phone: string, look: (page: Page) => Promise<void>): Promise<void> {
  const person = await aPersonInHighLevel(name, "Hallsdóttir", phone);
  await visit(`/sandbox?highlevel=${person.email}`, async (page) => {
    await column(page, "HighLevel")
      .getByRole("button", { name: new RegExp(name) })
      .click();
    await isShown(page.getByRole("region", { name: PARTS.Salesmate }).getByText("Appointments", { exact: true }));
    await look(page);
  });
}

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
  const path = `/api/workspaces/sandbox/links?state=linked&sync=contacts&text=${person.email}`;
  await until("the pair is linked", async () => Total.parse(await api(hub, "GET", path)).total === 1);
  return person;
}

const Total = z.object({ total: z.int() });
