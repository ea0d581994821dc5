import { describe } from "vitest";
import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator } from "../../sandbox/salesmate/index.ts";
import { describeChildren } from "../childConformance.ts";
import { salesmate } from "./index.ts";

describe.each(["taken", "ignored", "refused"] as const)("where a search by contact is %s", (searchByContact) =>
  describeChildren({
    connector: salesmate,
    resource: "opportunity",
    makeWorld: async () => {
      const clock = manualClock(Date.UTC(2026, 2, 6, 12));
      const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5, quirks: { searchByContact } });
      const { url, close } = await emulator.listen(0);
      const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London" };
      return {
        connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
        credential: { kind: "token", token: emulator.sessionKey },
        clock,
        seed: () => undefined,
        catchUp: () => clock.advance(180_000),
        breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
        close,
      };
    },
    parents: [{ firstName: "Ana" }, { firstName: "Bo" }],
    sample: {
      name: "New kitchen",
      pipeline: "Sales",
      stage: "Talked",
      status: "Open",
      value: 12_500,
      source: "Fair",
      "custom.selectCustomField1": "Fair",
    },
    others: {
      name: "New bath",
      pipeline: "Renewals",
      stage: "Offer sent",
      status: "Won",
      value: 900.5,
      source: "Web",
      "custom.selectCustomField1": "Web",
    },
    asEmpty: { value: 0 },
    clearable: ["name", "value", "source", "custom.selectCustomField1"],
  }),
);
