import { expect, test } from "vitest";
import type { FieldChoiceView } from "../model/api/fields.ts";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

const FINDING: FieldChoiceView = {
  side: "right",
  field: "custom.size",
  label: "Size",
  change: "gone",
  was: "text",
  lost: [],
  since: 5,
  records: 2,
  isLeftOut: false,
  choices: [{ field: "custom.size_2", label: "Size", isSuggested: true }],
};

const CONNECTIONS = [
  { id: "hl", connectorId: "highlevel", partner: "HighLevel", name: "HighLevel" },
  { id: "sm", connectorId: "salesmate", partner: "Salesmate", name: "Salesmate" },
].map((one) => ({
  ...one,
  isPaused: false,
  isSandbox: false,
  status: "working",
  message: "",
  since: 0,
  allowances: [],
}));
const COUNTS = { linked: 12, half: 0, ambiguous: 0, unlinked: 0, deleted: 0, conflicts: 0, findings: 0 };
const OVERVIEW = {
  workspace: { id: "acme", name: "Acme", isPaused: false },
  isSandbox: false,
  connections: CONNECTIONS,
  syncs: [
    {
      id: "contacts",
      name: "Contacts",
      resource: "contact",
      left: "hl",
      right: "sm",
      isPaused: false,
      phase: "ready",
      start: { state: "ready", mode: "full" },
      counts: COUNTS,
      progress: [],
      heldDeletions: 0,
    },
  ],
  activity: [],
  due: { waiting: 0, retrying: 0, dead: 0 },
  at: 0,
};

/** Runs one command line against a hub with one sync, whose size field is gone. */
async function run(...args: readonly string[]) {
  const lines: string[] = [];
  const asked: { path: string; body: unknown }[] = [];
  const answer = (url: string): unknown => {
    const path = url.slice(url.indexOf("/api/workspaces") + "/api/workspaces".length);
    if (path === "") return [{ id: "acme", name: "Acme" }];
    return path === "/acme/overview" ? OVERVIEW : [FINDING];
  };
  const world: World = {
    environment: { KITH_URL: "http://kith.test" },
    print: (text) => lines.push(text),
    rewrite: (text) => lines.push(text),
    warn: (text) => lines.push(text),
    isTerminal: false,
    readFile: async () => "token",
    removeFile: async () => {},
    fetch: async (url, init) => {
      asked.push({ path: String(url), body: init?.body });
      const isAnswered = init?.method === "POST";
      return isAnswered ? Response.json({ key: "fieldOut" }, { status: 202 }) : Response.json(answer(String(url)));
    },
    pause: async () => {},
    started: () => {},
    stopped: Promise.resolve(),
  };
  return { code: await runProgram(world, args), lines, asked };
}

test("X73 fields says what became of each, and what could take its place", async () => {
  expect((await run("fields", "contacts")).lines).toEqual([
    "custom.size: Salesmate does not have the field Size any more. It concerns 2 linked records. Until you choose, it is left out and nothing is written to it; everything else goes on, and nothing is lost.",
    "  suggested: --map-to custom.size_2",
  ]);
});

test.each([
  [["--leave-out"], { kind: "leaveOut" }, "Size is left out from now on."],
  [["--again"], { kind: "again" }, "Size is looked at again."],
  [["--map-to", "custom.size_2"], { kind: "mapTo", to: "custom.size_2" }, "Size is kept in step in the place of Size."],
])("X73 fields %j is one answer, and says what follows", async (said, body, words) => {
  const { asked, lines, code } = await run("fields", "contacts", "custom.size", ...said);
  expect([code, lines]).toEqual([0, [words]]);
  expect(JSON.parse(String(asked.at(-1)?.body))).toEqual({ side: "right", field: "custom.size", ...body });
});

test("X73 two answers, or one about a field that is what it was, are refused", async () => {
  expect((await run("fields", "contacts", "custom.size", "--again", "--leave-out")).code).toBe(1);
  expect((await run("fields", "contacts", "custom.hat", "--again")).lines).toEqual([
    "kith: There is nothing to answer about custom.hat.",
  ]);
});
