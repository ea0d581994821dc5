import { describe } from "vitest";
import { manualClock } from "../../kit/manualClock.ts";
import { createHighLevelEmulator } from "../../sandbox/highlevel/index.ts";
import { describeConnector } from "../conformance.ts";
import { highlevel } from "./index.ts";

describe.each(["2021-07-28", "v3"])("under %s", (apiVersion) =>
  describeConnector({
    connector: highlevel,
    resource: "business",
    pageSize: 100,
    pageOverlap: 10,
    hasCustomFields: false,
    makeWorld: async () => {
      const clock = manualClock(Date.UTC(2026, 2, 6, 12));
      const emulator = createHighLevelEmulator({ ...clock, random: aRandom() });
      const { url, close } = await emulator.listen(0);
      return {
        connection: {
          id: "highlevel",
          settings: { locationId: emulator.location.id, writing: true, apiVersion },
          baseUrls: { api: url },
        },
        credential: { kind: "token", token: emulator.token },
        clock,
        seed: (count) =>
          Array.from({ length: count }, (_none, at) => emulator.desks.businesses.create({ name: `Firm ${at}` })),
        catchUp: () => clock.advance(60_001),
        breakNext: (method, effect) => void emulator.control.faults.set([{ match: { method }, effect, times: 1 }]),
        close,
      };
    },
    sample: {
      name: "Silva Tiles",
      email: "office@silva.example",
      phone: "+12015550123",
      website: "https://silva.example",
      addressLine1: "12 Harbour Lane",
      city: "Porto",
      state: "Norte",
      postalCode: "4000-001",
      country: "PT",
      description: "Tiles of every colour.",
    },
    others: {
      name: "Hill Masons",
      email: "office@hill.example",
      phone: "+12015550124",
      website: "https://hill.example",
      addressLine1: "1 Hill Road",
      city: "Lisboa",
      state: "Lisboa",
      postalCode: "1000-001",
      country: "ES",
      description: "Walls.",
    },
  }),
);

function aRandom(): () => number {
  let state = 1;
  return () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
