import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { ROOT } from "../source.ts";
import { startBrowser } from "./chromium.ts";
import { anEnding, kith } from "./processes.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startUnconfigured, workspaceText } from "./rig.ts";
import { until } from "./until.ts";
import { beginVisit } from "./visit.ts";

/** People settle what waits for them, in a real browser and at the command line, between both stand-ins. */
const ending = anEnding();
let rig: Rig;
let browser: Browser;

const ASK_ABOUT_CITY = "    mapping: [{ left: city, right: city, direction: both, conflict: ask, clear: carry }]\n";

beforeAll(async () => {
  if (!existsSync(join(ROOT, "web", "dist", "index.html"))) {
    throw new Error("The web pages have not been built: run `npm run build`, or start the tests with `npm test`.");
  }
  rig = await startUnconfigured(ending, "0,0");
  const { highlevel, salesmate } = rig;
  // Both readings are to show everybody at once: who is seen later is linked with whomever is still alone.
  await highlevel.quirks({ searchLagMs: 0 });
  for (const name of ["Vera", "Olga"]) {
    const person = { firstName: name, lastName: "Lind", email: `${name.toLowerCase()}@harbour.example` };
    await highlevel.create({ ...person, city: "Rome" });
    await salesmate.create({ ...person, city: "Oslo" });
  }
  for (const family of ["Berg", "Holm", "Dahl"]) {
    const email = `${family.toLowerCase()}@harbour.example`;
    await highlevel.create({ firstName: "Bo", lastName: family, email });
    await salesmate.create({ firstName: "Robert", lastName: family, email });
    await salesmate.create({ firstName: "Bobby", lastName: family, email });
  }
  await applyWorkspace(ending, rig, workspaceText(rig.emulators) + ASK_ABOUT_CITY);
  browser = await startBrowser();
  ending.add(() => browser.close());
  await until("all is read", async () => isQuiet(await overviewOf(rig.hub())), 30_000);
}, 90_000);
afterAll(ending.all);

/** Visits a page, signed in; afterwards nothing may have gone wrong unseen, and the page was not loaded again. */
async function visit(path: string, look: (page: Page) => Promise<void>): Promise<void> {
  const hub = rig.hub();
  const { url } = z.object({ url: z.string() }).parse(await api(hub, "POST", "/api/sign-in-links"));
  const { page, wrongs, end } = await beginVisit(browser, hub.url);
  try {
    await page.goto(url);
    await page.goto(hub.url + path);
    let loads = 0;
    page.on("load", () => {
      loads += 1;
    });
    await look(page);
    expect([wrongs(), loads]).toEqual([[], 0]);
  } finally {
    await end();
  }
}

const isShown = (what: ReturnType<Page["getByText"]>) => what.first().waitFor({ state: "visible", timeout: 15_000 });

/** Opens a contact from the page of all that waits. */
async function open(page: Page, name: string): Promise<void> {
  await page.getByRole("list", { name: "Contacts that wait for you" }).getByRole("link", { name }).first().click();
  await isShown(page.getByRole("heading", { name, level: 1 }));
}

test("G36 a conflict is settled by a click, and the other product gets the value that was kept", async () => {
  await visit("/waiting", async (page) => {
    await open(page, "Vera Lind");
    await page.getByRole("button", { name: "City: keep Salesmate's" }).click();
    await isShown(page.getByText("City: Salesmate's value counts on both sides now."));
    expect(await page.getByRole("button", { name: "City: keep Salesmate's" }).count()).toBe(0);
  });
  const [vera] = await rig.highlevel.find("vera@harbour.example");
  expect(vera?.fields.city).toBe("Oslo");
});

test("G37 of several who could be the same one is linked by a click, and the other is left alone", async () => {
  await visit("/waiting", async (page) => {
    await open(page, "Bo Berg");
    await page.getByRole("button", { name: "Bobby Berg is the same person: link" }).click();
    await isShown(page.getByText("Linked with Bobby Berg."));
  });
  const found = await rig.salesmate.find("berg@harbour.example");
  expect(found.map(({ fields }) => fields.firstName).sort()).toEqual(["Bo", "Robert"]);
});

test("G37 one who is none of them is created by a click", async () => {
  await visit("/waiting", async (page) => {
    await open(page, "Bo Holm");
    await page.getByRole("button", { name: "None of these: create Bo Holm in Salesmate" }).click();
    await isShown(page.getByText(/Created in Salesmate|being created in Salesmate/));
  });
  await until("Bo is in Salesmate", async () => (await rig.salesmate.find("holm@harbour.example")).length === 3);
});

test("G37 one who is to stay where they are is left there, until that is taken back", async () => {
  await visit("/waiting", async (page) => {
    await open(page, "Bo Dahl");
    await page.getByRole("button", { name: "Leave Bo Dahl in HighLevel only" }).click();
    await isShown(page.getByText("Kept in HighLevel only.", { exact: false }));
    await isShown(page.getByRole("link", { name: "Back to the list" }));
    expect(await rig.salesmate.find("dahl@harbour.example")).toHaveLength(2);
    await page.getByRole("button", { name: "Take that back" }).click();
    await isShown(page.getByRole("heading", { name: "Which contact in Salesmate is this?" }));
  });
});

const Rows = z.array(z.object({ id: z.string(), title: z.string(), candidates: z.array(z.looseObject({})) }));

test("G38 the same can be settled at the command line", async () => {
  const { env } = rig.hub();
  const listed = await kith(ending, ["list", "--waiting", "--json"], env);
  const olga = Rows.parse(JSON.parse(listed.out)).find(({ title }) => title === "Olga Lind");
  const { code, out, err } = await kith(ending, ["decide", olga?.id ?? "", "--keep", "city=HighLevel"], env);
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/city/i);
  const [found] = await rig.salesmate.find("olga@harbour.example");
  expect(found?.fields.city).toBe("Rome");
});
