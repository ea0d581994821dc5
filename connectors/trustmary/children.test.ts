import { trustmaryWorld } from "../../test/trustmaryWorld.ts";
import { describeChildren } from "../childConformance.ts";
import { trustmary } from "./index.ts";

const COMMON = {
  connector: trustmary,
  makeWorld: trustmaryWorld,
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
