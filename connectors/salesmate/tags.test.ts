import { expect, test } from "vitest";
import { openConnection, PRIORITIES, partnerAgent, partnerOf } from "../../kit/index.ts";
import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator } from "../../sandbox/salesmate/index.ts";
import { salesmate } from "./index.ts";

test("SM86 the tags that anything carries are listed once each, and can be neither made nor deleted", async () => {
  const clock = manualClock(Date.UTC(2026, 2, 6, 12));
  const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5 });
  const { url, close } = await emulator.listen(0);
  const agent = partnerAgent(1);
  const open = openConnection({
    connector: salesmate,
    connection: {
      id: "salesmate",
      settings: { linkname: emulator.linkname, ownerId: emulator.ownerId },
      baseUrls: { api: `${url}/apis` },
    },
    credential: { load: async () => ({ kind: "token", token: emulator.sessionKey }), store: async () => {} },
    clock,
    random: () => 0.5,
    dispatcher: agent,
  });
  const partner = partnerOf(open, "tag");
  const context = { priority: PRIORITIES.live, calls: [] };
  const { id } = emulator.control.contacts.create({ lastName: "Ruiz", tags: ["VIP", "Fair 2026"] });
  emulator.desks.businesses.create({ name: "Silva Tiles", tags: "vip,Supplier" });
  const { records } = await partner.list(context, {});
  expect(records.map(({ fields }) => fields.name).sort()).toEqual(["Fair 2026", "Supplier", "VIP"]);
  expect(await partner.find(context, "name", "fair 2026")).toEqual(["fair 2026"]);
  expect(await partner.read(context, "supplier")).toMatchObject({ fields: { name: "Supplier" } });
  emulator.control.contacts.edit(id, { tags: [] });
  expect(await partner.read(context, "fair 2026")).toBe("gone");
  expect(partner.canDelete).toBe(false);
  expect((await partner.describe(context)).filter(({ isWritable }) => isWritable)).toEqual([]);
  await expect(partner.create(context, { name: "New" })).rejects.toMatchObject({ kind: "misconfigured" });
  await open.close();
  await agent.destroy();
  await close();
});
