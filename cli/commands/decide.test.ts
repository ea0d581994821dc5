import { expect, test } from "vitest";
import type { DueView } from "../../model/api/views.ts";
import { createCall } from "../client.ts";
import { Exit, type World } from "../world.ts";
import { type DecideOptions, decide } from "./decide.ts";

const ENTRY = { at: 0, syncId: "contacts", reason: "person", fields: [], calls: [], durationMs: 3 };
const CITY = { field: "city", label: "City", left: "Rome", right: "Oslo" };
const LINK = {
  id: "ana",
  syncId: "contacts",
  title: "Ana",
  state: "linked",
  left: { externalId: "L1", email: "", phone: "" },
  conflicts: 1,
  findings: 0,
  updatedAt: 0,
  leftName: "HighLevel",
  rightName: "Salesmate",
  fields: [
    { ...CITY, state: "conflict" },
    { ...CITY, field: "custom.a=b", state: "conflict" },
  ],
  candidates: [{ linkId: "bo", title: "Bo", evidence: [], canLink: true, fields: [] }],
  records: [],
  history: [],
};
/** As it is once a person was heard. */
const AFTER = {
  ...LINK,
  conflicts: 0,
  fields: [],
  candidates: [],
  isKeptAlone: true,
  history: [
    { ...ENTRY, id: "2", verdict: "updated", summary: "Updated Salesmate: City." },
    { ...ENTRY, id: "1", verdict: "linked", summary: "Linked: a person said that they are the same." },
  ],
};
const ANSWER = { key: "a key", next: "link:ana", others: [{ linkId: "cleo", key: "link:cleo" }] };

/** Decides about Ana at a hub that answers what becomes of the decision, look after look, the last one for ever. */
async function decided(options: DecideOptions, looks: readonly DueView[] = [{ state: "done" }], linkId = "ana") {
  const sent: unknown[] = [];
  const out: string[] = [];
  let asked = 0;
  let isHeard = false;
  const answerTo = (method: string, path: string): unknown => {
    if (method === "POST") {
      isHeard = true;
      return ANSWER;
    }
    if (path.endsWith("/due/a%20key")) {
      asked += 1;
      return looks[Math.min(asked, looks.length) - 1];
    }
    if (path.includes("/due/")) return { state: "done" };
    if (path.endsWith("/cleo")) return { ...AFTER, id: "cleo" };
    return isHeard ? AFTER : LINK;
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
  const thrown = await decide(world, call, linkId, { workspace: "w", ...options }).then(
    () => undefined,
    (cause: unknown) => cause,
  );
  return { sent, out: out.join("\n"), thrown };
}

test.each([
  [{ same: "bo" }, { kind: "same", other: "bo" }, "Linked with Bo."],
  [{ different: "bo" }, { kind: "different", other: "bo" }, "Noted: this is not Bo."],
  [{ new: true }, { kind: "new" }, "Created in Salesmate."],
  [{ alone: true }, { kind: "alone" }, "Kept in HighLevel only."],
  [{ keep: "city=HighLevel" }, { kind: "keep", field: "city", side: "left" }, "City: HighLevel's value counts"],
  [
    { keep: "custom.a=b=salesmate" },
    { kind: "keep", field: "custom.a=b", side: "right" },
    "City: Salesmate's value counts",
  ],
  [{ keep: "city=right" }, { kind: "keep", field: "city", side: "right" }, "City: Salesmate's value counts"],
])("X60 %j is sent as a decision, and what came of it is said", async (options, decision, words) => {
  const { sent, out, thrown } = await decided(options, [{ state: "due" }, { state: "done" }]);
  expect([sent, thrown]).toEqual([[decision], undefined]);
  expect(out).toContain(words);
  expect(out).toContain("Updated Salesmate: City.");
  expect(out).toContain("This also settled 1 other question.");
});

test("X60 what changed nothing says so, and what was done instead", async () => {
  const { out } = await decided({ notAlone: true });
  expect(out).toContain("Your answer changed nothing");
  expect(out).toContain("What was done instead: Updated Salesmate: City.");
});

test("X67 a record that has joined another is not decided about; its new id is told", async () => {
  const { sent, thrown } = await decided({ new: true }, [{ state: "done" }], "old");
  expect(sent).toEqual([]);
  expect(String(thrown)).toContain("Its id is ana now.");
});

test("X60 a decision that failed is told with the reason, and ends with exit code 1", async () => {
  const error = { kind: "rejected", message: "Salesmate refuses the city.", at: 0 };
  const { out, thrown } = await decided({ new: true }, [{ state: "failed", error }]);
  expect(out).toBe("It failed: Salesmate refuses the city.");
  expect(thrown).toBeInstanceOf(Exit);
});

test("X60 a decision that waits is said to be taken", async () => {
  expect((await decided({ new: true }, [{ state: "due" }])).out).toContain("Noted. It is carried out");
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
