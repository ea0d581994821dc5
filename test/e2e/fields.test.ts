import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { FieldChoiceView } from "../../model/api/fields.ts";
import { anEnding, kith } from "./processes.ts";
import type { Product } from "./product.ts";
import { api, applyWorkspace, isQuiet, overviewOf, type Rig, startUnconfigured, workspaceText } from "./rig.ts";
import { until } from "./until.ts";

/** Somebody deletes a custom field at HighLevel that the mapping uses, and makes it anew. */
const ending = anEnding();
let rig: Rig;

const COLOUR = "custom.favourite_colour";
const ROWS = `    mapping: [{ left: ${COLOUR}, right: custom.textCustomField1 }]\n`;
const EMAIL = "vera.lind@harbour.example";

beforeAll(async () => {
  rig = await startUnconfigured(ending, "0,0");
  await rig.salesmate.create({ firstName: "Vera", lastName: "Lind", email: EMAIL, textCustomField1: "Green" });
  await applyWorkspace(ending, rig, workspaceText(rig.emulators) + ROWS);
  await until("all is read", async () => isQuiet(await overviewOf(rig.hub())), 30_000);
}, 90_000);
afterAll(ending.all);

const Field = z.object({ id: z.string(), fieldKey: z.string() });

/** Asks HighLevel's emulator as its own settings page would. */
async function settings(method: "GET" | "POST" | "DELETE", path: string, body?: unknown): Promise<unknown> {
  const { url, locationId, token } = rig.emulators.highlevel;
  const headers = { authorization: `Bearer ${token}`, version: "2021-07-28", "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const answer = await fetch(`${url}/locations/${locationId}/customFields${path}`, { method, headers, ...sent });
  if (!answer.ok) throw new Error(`${method} custom fields: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function colourField() {
  const { customFields } = z.object({ customFields: z.array(Field) }).parse(await settings("GET", ""));
  return customFields.find(({ fieldKey }) => fieldKey === "contact.favourite_colour");
}

const colourAt = async (product: Product, name: string) => (await product.find(EMAIL))[0]?.fields[name];

async function findings(): Promise<readonly FieldChoiceView[]> {
  return z.array(FieldChoiceView).parse(await api(rig.hub(), "GET", "/api/workspaces/e2e/syncs/contacts/fields"));
}

test("G43 a custom field that is deleted is asked about once, and filled when it was made anew", async () => {
  expect(await colourAt(rig.highlevel, COLOUR)).toBe("Green");
  await settings("DELETE", `/${(await colourField())?.id}`);
  const [vera] = await rig.salesmate.find(EMAIL);
  await rig.salesmate.edit(vera?.id ?? "", { textCustomField1: "Blue", city: "Oslo" });
  await until("the rest goes on", async () => (await colourAt(rig.highlevel, "city")) === "Oslo");
  const [gone] = await until("it is asked about", async () => {
    const found = await findings();
    return found.some(({ records }) => records !== undefined) && found;
  });
  expect(gone).toMatchObject({ side: "left", field: COLOUR, change: "gone", records: 1, isLeftOut: false });
  await rig.killAndRestart();
  expect(await findings()).toMatchObject([{ field: COLOUR, since: gone?.since }]);

  await settings("POST", "", { name: "Favourite colour", dataType: "TEXT", model: "contact" });
  const again = await kith(ending, ["fields", "contacts", COLOUR, "--again"], rig.hub().env);
  expect(again.out).toContain("is looked at again");
  await until("it was made anew", async () => (await findings()).some(({ change }) => change === "anew"));
  const taken = await kith(ending, ["fields", "contacts", COLOUR, "--map-to", COLOUR], rig.hub().env);
  expect(taken.out).toContain("is kept in step as it is now");
  await until("it is filled", async () => (await colourAt(rig.highlevel, COLOUR)) === "Blue", 30_000);
  const { syncs, due } = await overviewOf(rig.hub());
  expect([syncs[0]?.fieldFindings, due.dead, syncs[0]?.counts.findings]).toEqual([undefined, 0, 0]);
  expect(await colourAt(rig.salesmate, "textCustomField1")).toBe("Blue");
}, 120_000);
