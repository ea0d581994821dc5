import { readFileSync } from "node:fs";
import type { ConformanceWorld } from "../connectors/conformance.ts";
import { createDaybook, type Daybook } from "../examples/your-app/app.ts";
import { manualClock } from "../kit/manualClock.ts";
import { AppDeclaration } from "../model/declaration.ts";
import { faultyFront } from "./faultyFront.ts";

/** The declaration that comes with the example app. */
export const DAYBOOK = AppDeclaration.parse(
  JSON.parse(readFileSync(new URL("../examples/your-app/daybook.app.json", import.meta.url), "utf8")),
);

const API_KEY = "daybook-test-key";
const START_MS = Date.UTC(2026, 2, 6, 12);

/** The example app in memory, with its declaration, as the conformance suites want a partner. */
export async function daybookWorld(): Promise<ConformanceWorld & { readonly daybook: Daybook }> {
  const clock = manualClock(START_MS);
  const daybook = createDaybook({ file: ":memory:", apiKey: API_KEY, now: clock.now, send: async () => 200 });
  const { url, revoke, ...front } = await faultyFront(daybook.app, clock.now);
  return {
    daybook,
    connection: { id: "daybook", settings: { app: DAYBOOK, writing: true }, baseUrls: { api: `${url}/api` } },
    credential: { kind: "token", token: API_KEY },
    clock,
    seed: (count) => {
      for (let place = 0; place < count; place += 1) daybook.database.add("people", { given_name: `Person ${place}` });
    },
    catchUp: () => clock.advance(1_000),
    ...front,
    revoke: () => revoke("x-api-key"),
    stored: () => daybook.database.list("people", { page: 1, perPage: 1_000 }),
  };
}

const sample = {
  ...{ firstName: "Zoë", lastName: "van der Berg", email: "Zoe@example.com", phone: "+12015550123", city: "Porto" },
  ...{
    companyName: "Tiles",
    tags: ["Customer", "VIP"],
    addressLine1: "12 Harbour Lane",
    state: "Norte",
    country: "PT",
  },
  ...{ postalCode: "4000-001", dateOfBirth: "1990-05-01", description: "Met at the fair.\nLikes tiles." },
  ...{ "custom.loyaltyTier": "gold", "custom.wantsNews": true },
};
const others = {
  ...{ firstName: "Ana", lastName: "Silva", email: "ana@example.com", phone: "+12015550126", city: "Lisboa" },
  ...{ companyName: "Bricks", tags: ["VIP", "Partner"], addressLine1: "1 Hill Road", state: "Lisboa", country: "ES" },
  ...{ postalCode: "1000-001", dateOfBirth: "1991-06-02", description: "Other words." },
  ...{ "custom.loyaltyTier": "silver", "custom.wantsNews": false },
};

const at = {
  dueAt: "2026-05-06T12:00:00.000Z",
  startsAt: "2026-05-06T12:00:00.000Z",
  endsAt: "2026-05-06T13:00:00.000Z",
};
const { dueAt, ...visit } = at;
const task = { title: "Call back", body: "About the roof.", dueAt, isCompleted: true, priority: "high" };
const otherTask = { ...task, title: "Write", body: "Other.", dueAt: at.endsAt, isCompleted: false, priority: "low" };
const appointment = { title: "Visit", notes: "Bring samples.", location: "Hall", state: "confirmed", ...visit };
const otherVisit = {
  title: "Call",
  notes: "No.",
  location: "Phone",
  state: "cancelled",
  startsAt: at.endsAt,
  endsAt: dueAt,
};
const note = { body: "<p>Likes <b>wood</b>.</p>" };

/** Records of each kind in the form in which the example app keeps them, and others beside them. */
export const DAYBOOK_RECORDS = { sample, others, note, task, otherTask, appointment, otherVisit };
