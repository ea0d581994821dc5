import { expect, test } from "vitest";
import { createMetrics } from "./metrics.ts";

test("B17 the metrics tell what each connection may call, has called, and waits to call", async () => {
  const metrics = createMetrics(new Set(), async () => new Map());
  let used = 3;
  metrics.watchAllowances(() => [
    {
      workspaceId: "w",
      connectionId: "crm",
      allowances: [{ name: "burst", requests: 100, perMs: 10_000, used, waiting: 2 }],
    },
  ]);
  await metrics.text();
  used = 40;
  const text = await metrics.text();
  const labels = '{workspace="w",connection="crm",limit="burst"}';
  for (const line of [
    `kith_allowance_requests${labels} 100`,
    `kith_allowance_used${labels} 40`,
    `kith_allowance_waiting${labels} 2`,
  ]) {
    expect(text.split("\n")).toContain(line);
  }
});
