import { manualClock } from "../../kit/manualClock.ts";
import { createSalesmateEmulator } from "../../sandbox/salesmate/index.ts";
import { describeConnector } from "../conformance.ts";
import { salesmate } from "./index.ts";

describeConnector({
  connector: salesmate,
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
      seed: (count) => void emulator.control.contacts.bulk(count, 1),
      // Times in search rows are whole minutes.
      catchUp: () => clock.advance(180_000),
      breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
      close,
    };
  },
  sample: {
    firstName: "Zoë",
    lastName: "van der Berg",
    email: "Zoe@example.com",
    phone: "+12015550123",
    workPhone: "+12015550124",
    otherPhone: "+12015550125",
    jobTitle: "Tiler",
    website: "https://zoe.example.com",
    description: "Met at the fair.\nLikes tiles.",
    tags: ["Customer", "VIP"],
    addressLine1: "12 Harbour Lane",
    addressLine2: "Back door",
    city: "Porto",
    state: "Norte",
    postalCode: "4000-001",
    country: "Portugal",
    "custom.textCustomField1": "green",
    "custom.textAreaCustomField1": "Long words.",
    "custom.numberCustomField1": 2,
    "custom.dateCustomField1": "1990-05-01",
    "custom.dateCustomField2": "2027-01-31",
    "custom.selectCustomField1": "Talking",
    "custom.multiSelectCustomField1": ["Chess", "Music"],
    "custom.checkboxCustomField1": true,
  },
  others: {
    firstName: "Ana",
    lastName: "Silva",
    email: "ana@example.com",
    phone: "+12015550126",
    workPhone: "+12015550127",
    otherPhone: "+12015550128",
    jobTitle: "Mason",
    website: "https://ana.example.com",
    description: "Other words.",
    tags: ["VIP", "Partner"],
    addressLine1: "1 Hill Road",
    addressLine2: "Second floor",
    city: "Lisboa",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "Spain",
    "custom.textCustomField1": "red",
    "custom.textAreaCustomField1": "Other words.",
    "custom.numberCustomField1": 0,
    "custom.dateCustomField1": "1991-06-02",
    "custom.dateCustomField2": "2028-02-29",
    "custom.selectCustomField1": "Customer",
    "custom.multiSelectCustomField1": ["Sailing"],
    "custom.checkboxCustomField1": false,
  },
});
