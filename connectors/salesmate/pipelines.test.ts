import { expect, test } from "vitest";
import { createMemoryBook, type Session } from "../../kit/index.ts";
import { pipelines } from "./pipelines.ts";
import { Settings } from "./settings.ts";

function answering(Data: unknown): Session<Settings> {
  const body = { Status: "success", Data };
  const settings = Settings.parse({ linkname: "acme", ownerId: 1 });
  const http = { request: async () => ({ status: 200, headers: {}, body }) };
  const book = createMemoryBook(
    () => 0,
    () => 0,
  );
  return { settings, http, now: () => 0, remember: (_key, _forMs, load) => load(), forget: () => {}, book };
}

test.each([
  ["objects with a name", [{ id: 1, name: "Sales ", stages: [{ id: 2, name: "New" }] }]],
  ["other keys", [{ pipeline: "Sales", dealStages: [{ stage: "New" }] }]],
  ["texts as stages", [{ title: "Sales", stages: ["New"] }]],
])("SM85 pipelines and their stages are read from %s", async (_what, data) => {
  expect(await pipelines(answering(data))).toEqual([{ name: "Sales", stages: ["New"] }]);
});
