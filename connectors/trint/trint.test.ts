import { trintWorld } from "../../test/trintWorld.ts";
import { describeChildren } from "../childConformance.ts";
import { describeConnector } from "../conformance.ts";
import { trint } from "./index.ts";

describeConnector({
  connector: trint,
  pageSize: 200,
  makeWorld: trintWorld,
  access: { allowance: { requestsPerMinute: 12 }, probe: () => "/transcripts/" },
  hasCustomFields: false,
  sample: { fullName: "Zoë van der Berg", email: "zoe@example.com", phone: "+447700900123" },
  others: { fullName: "Ana Silva", email: "ana@example.com", phone: "+447700900124" },
});

const COMMON = {
  connector: trint,
  makeWorld: trintWorld,
  parents: [{ email: "ana@example.com" }, { email: "ben@example.com" }],
} as const;

describeChildren({
  ...COMMON,
  resource: "note",
  sample: { title: "Rang back", body: "<p>Likes tiles.</p>" },
  others: { title: "Wrote", body: "<p>Likes stone.</p>" },
  clearable: ["title", "body"],
});

describeChildren({
  ...COMMON,
  resource: "task",
  sample: { title: "Ring", body: "Before noon", dueAt: "2026-04-01T10:00:00.000Z", isCompleted: false },
  others: { title: "Write", body: "A letter", dueAt: "2026-04-02T10:00:00.000Z", isCompleted: true },
  clearable: ["body", "dueAt"],
});
