import { expect, test } from "vitest";
import { ROUTES } from "../../model/api/routes.ts";
import type { DueView } from "../../model/api/views.ts";
import { createCall } from "../client.ts";
import { Exit, type World } from "../world.ts";
import { type DecideOptions, decide } from "./decide.ts";

const LINK = {
  id: "ana",
  syncId: "contacts",
  title: "Ana Silva",
  state: "linked",
  conflicts: 1,
  findings: 0,
  updatedAt: 0,
  leftName: "HighLevel",
  rightName: "Salesmate",
  fields: [],
  candidates: [],
  history: [
    {
      id: "1",
      at: 0,
      syncId: "contacts",
      reason: "person",
      verdict: "updated",
      summary: "Updated city in Salesmate.",
      fields: [],
      calls: [],
      durationMs: 3,
    },
  ],
};

/** Decides about Ana at a hub that answers what becomes of the decision, look after look, the last one for ever. */
async function decided(options: DecideOptions, looks: readonly DueView[] = [{ state: "done" }]) {
  const sent: unknown[] = [];
  const out: string[] = [];
  let asked = 0;
  const answerTo = (method: string, path: string): unknown => {
    if (method === "POST") return { key: "a key" };
    if (path.endsWith(ROUTES.due.path.replace("/api/workspaces/:workspaceId", "").replace(":key", "a%20key"))) {
      asked += 1;
      return looks[Math.min(asked, looks.length) - 1];
    }
    return LINK;
  };
  const world: World = {
    environment: {},
    print: (text) => out.push(text),
    rewrite: () => {},
    warn: () => {},
    isTerminal: false,
    readFile: async () => "",
    removeFile: async () => {},
    fetch: async (address, init) => {
      if (init?.body !== undefined) sent.push(JSON.parse(String(init.body)));
      return Response.json(answerTo(init?.method ?? "GET", new URL(String(address)).pathname));
    },
    pause: async () => {},
    started: () => {},
    stopped: new Promise(() => {}),
  };
  const call = createCall({ url: "http://hub.test", token: "t" }, world.fetch);
  const thrown = await decide(world, call, "ana", { workspace: "w", ...options }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return { sent, out: out.join("\n"), thrown };
}

test.each([
  [{ same: "bo" }, { kind: "same", other: "bo" }],
  [{ different: "bo" }, { kind: "different", other: "bo" }],
  [{ new: true }, { kind: "new" }],
  [{ keep: "city=HighLevel" }, { kind: "keep", field: "city", side: "left" }],
  [{ keep: "custom.a=b=salesmate" }, { kind: "keep", field: "custom.a=b", side: "right" }],
  [{ keep: "city=right" }, { kind: "keep", field: "city", side: "right" }],
])("X60 %j is sent as a decision, and what came of it is said", async (options, decision) => {
  expect(await decided(options, [{ state: "due" }, { state: "done" }])).toEqual({
    sent: [decision],
    out: "Updated city in Salesmate.",
    thrown: undefined,
  });
});

test("X60 a decision that failed is told with the reason, and ends with exit code 1", async () => {
  const error = { kind: "rejected", message: "Salesmate refuses the city.", at: 0 };
  const { out, thrown } = await decided({ new: true }, [{ state: "failed", error }]);
  expect(out).toBe("It failed: Salesmate refuses the city.");
  expect(thrown).toBeInstanceOf(Exit);
});

test("X60 a decision that waits is said to be taken", async () => {
  expect((await decided({ new: true }, [{ state: "due" }])).out).toContain("Taken.");
});

test.each([
  [{}, "one of --same"],
  [{ same: "bo", new: true }, "one of --same"],
  [{ keep: "city" }, "--keep city=HighLevel or city=Salesmate"],
  [{ keep: "city=Pipedrive" }, "--keep city=HighLevel or city=Salesmate"],
])("X60 %j is no decision, and nothing is sent", async (options, words) => {
  const { sent, thrown } = await decided(options);
  expect(sent).toEqual([]);
  expect(String(thrown)).toContain(words);
});
