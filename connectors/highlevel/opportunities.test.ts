import { describe } from "vitest";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { describeChildren } from "../childConformance.ts";
import { highlevel } from "./index.ts";

describe.each(["2021-07-28", "v3"])("under %s", (apiVersion) =>
  describeChildren({
    connector: highlevel,
    resource: "opportunity",
    makeWorld: async () => {
      const clock = manualClock(Date.UTC(2026, 2, 6, 12));
      const emulator = createHighLevelEmulator({ ...clock, quirks: { allowDuplicateOpportunity: true } });
      const [sales] = emulator.pipelines.all();
      const stages = sales?.stages.map((stage) => ({ ...stage, id: `r-${stage.id}` })) ?? [];
      emulator.pipelines.put({ id: "renewals", name: "Renewals", stages });
      const { url, close } = await emulator.listen(0);
      return {
        connection: {
          id: "highlevel",
          settings: { locationId: emulator.location.id, writing: true, apiVersion },
          baseUrls: { api: url },
        },
        credential: { kind: "token", token: emulator.token },
        clock,
        seed: () => undefined,
        catchUp: () => clock.advance(60_001),
        breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
        close,
      };
    },
    parents: [{ firstName: "Ana" }, { firstName: "Bo" }],
    sample: { name: "New kitchen", pipeline: "Sales", stage: "Talked", status: "open", value: 12_500 },
    others: { name: "New bath", pipeline: "Renewals", stage: "Offer sent", status: "won", value: 900.5 },
    asEmpty: { value: 0 },
    clearable: ["value"],
  }),
);
