import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator } from "../../sandbox/salesmate/index.ts";
import { describeConnector } from "../conformance.ts";
import { salesmate } from "./index.ts";

describeConnector({
  connector: salesmate,
  resource: "business",
  pageSize: 250,
  makeWorld: async () => {
    const clock = manualClock(Date.UTC(2026, 2, 6, 12));
    const emulator = createSalesmateEmulator({ ...clock, random: () => 0.5 });
    const { url, close } = await emulator.listen(0);
    const settings = { linkname: emulator.linkname, ownerId: emulator.ownerId, timeZone: "Europe/London" };
    return {
      connection: { id: "salesmate", settings, baseUrls: { api: `${url}/apis` } },
      credential: { kind: "token", token: emulator.sessionKey },
      clock,
      seed: (count) =>
        void Array.from({ length: count }, (_none, at) => emulator.desks.businesses.create({ name: `Firm ${at}` })),
      // Times in search rows are whole minutes.
      catchUp: () => clock.advance(180_000),
      breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
      close,
    };
  },
  sample: {
    name: "Silva Tiles",
    website: "https://www.silva.example",
    phone: "+12015550123",
    otherPhone: "+12015550124",
    description: "Tiles.\nOf every colour.",
    tags: ["Supplier", "VIP"],
    addressLine1: "12 Harbour Lane",
    addressLine2: "Back door",
    city: "Porto",
    state: "Norte",
    postalCode: "4000-001",
    country: "Portugal",
    "custom.textCustomField1": "Tiles",
    "custom.selectCustomField1": "Small",
  },
  others: {
    name: "Hill Masons",
    website: "https://hill.example",
    phone: "+12015550126",
    otherPhone: "+12015550127",
    description: "Walls.",
    tags: ["VIP", "Partner"],
    addressLine1: "1 Hill Road",
    addressLine2: "Second floor",
    city: "Lisboa",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "Spain",
    "custom.textCustomField1": "Masonry",
    "custom.selectCustomField1": "Large",
  },
});
