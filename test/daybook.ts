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
