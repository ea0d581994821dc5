import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { describeConnector } from "../conformance.ts";
import { highlevel } from "./index.ts";

describeConnector({
  connector: highlevel,
  pageSize: 500,
  makeWorld: async () => {
    const clock = manualClock(Date.UTC(2026, 2, 6, 12));
    const emulator = createHighLevelEmulator({
      ...clock,
      random: aRandom(),
      quirks: { companyNameOnUpdate: true },
    });
    const { url, close } = await emulator.listen(0);
    const settings = { locationId: emulator.location.id, canSendCompanyNameOnUpdate: true };
    return {
      connection: { id: "highlevel", settings, baseUrls: { api: url } },
      credential: { kind: "token", token: emulator.token },
      clock,
      seed: (count) => void emulator.control.contacts.bulk(count, 1),
      catchUp: () => clock.advance(60_001),
      breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
      close,
    };
  },
  sample: {
    firstName: "Zoë",
    lastName: "van der Berg",
    email: "zoe@example.com",
    phone: "+12015550123",
    companyName: "Silva Tiles",
    addressLine1: "12 Harbour Lane",
    city: "Porto",
    state: "Norte",
    postalCode: "4000-001",
    country: "PT",
    website: "https://zoe.example.com",
    dateOfBirth: "1990-05-01",
    source: "fair",
    tags: ["customer", "vip"],
    "custom.favourite_colour": "green",
    "custom.background": "Met at the fair.\nLikes tiles.",
    "custom.children": 2,
    "custom.budget": 1250.5,
    "custom.renewal_on": "2027-01-31",
    "custom.stage": "Talking",
    "custom.contact_by": "Letter",
    "custom.interests": ["Chess", "Music"],
    "custom.consents": ["Calls"],
    "custom.assistants_phone": "+12015550124",
    "custom.assistants_email": "help@example.com",
  },
  others: {
    firstName: "Ana",
    lastName: "Silva",
    email: "ana@example.com",
    phone: "+12015550125",
    companyName: "Other Tiles",
    addressLine1: "1 Hill Road",
    city: "Lisboa",
    state: "Lisboa",
    postalCode: "1000-001",
    country: "ES",
    website: "https://ana.example.com",
    dateOfBirth: "1991-06-02",
    source: "friend",
    tags: ["vip", "partner"],
    "custom.favourite_colour": "red",
    "custom.background": "Other words.",
    "custom.children": 0,
    "custom.budget": 7,
    "custom.renewal_on": "2028-02-29",
    "custom.stage": "Customer",
    "custom.contact_by": "Phone",
    "custom.interests": ["Sailing"],
    "custom.consents": ["Newsletter", "Photos"],
    "custom.assistants_phone": "+12015550126",
    "custom.assistants_email": "other@example.com",
  },
});

/** A repeatable random: the ids it makes are all that matters. */
function aRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
