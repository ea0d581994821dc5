import { expect, test } from "vitest";
import type { PreviewPage, PreviewView } from "../model/api/previews.ts";
import { runProgram } from "./program.ts";
import type { World } from "./world.ts";

const NONE = {
  same: 0,
  update: 0,
  createLeft: 0,
  createRight: 0,
  conflict: 0,
  ambiguous: 0,
  problem: 0,
  apart: 0,
  leftAlone: 0,
};
const PREVIEW: PreviewView = {
  syncId: "contacts",
  state: "ready",
  mode: "full",
  matched: 12,
  counts: { ...NONE, same: 10, update: 2 },
  problems: [],
};
const ANA: PreviewPage["rows"][number] = {
  linkId: "ana",
  title: "Ana Silva",
  kinds: ["update"],
  fields: [{ field: "phone", label: "Phone", kind: "write", left: "+1201", side: "right", value: "+1201" }],
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

/** Runs one command line against a hub with one sync, which answers these on starting. */
async function run(args: readonly string[], answers: Readonly<Record<string, unknown>>) {
  const lines: string[] = [];
  const asked: { path: string; body: unknown }[] = [];
  const answer = (url: string): unknown => {
    const path = url.slice(url.indexOf("/api/workspaces") + "/api/workspaces".length);
    if (path === "") return [{ id: "acme", name: "Acme" }];
    if (path === "/acme/overview") return OVERVIEW;
    return answers[path.replace("/acme/syncs/contacts/", "")];
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
      return Response.json(answer(String(url)));
    },
    pause: async () => {},
    started: () => {},
    stopped: Promise.resolve(),
  };
  return { code: await runProgram(world, args), lines, asked };
}

const PAGES = {
  preview: PREVIEW,
  "preview/rows?limit=200": { rows: [ANA], next: "7" },
  "preview/rows?after=7&limit=200": { rows: [] },
};

test("T11 preview shows each difference in words, then how much of what, and how to start", async () => {
  const { code, lines } = await run(["preview"], PAGES);
  expect(code).toBe(0);
  expect(lines).toEqual([
    "ana  Ana Silva: to update",
    "  Phone: Salesmate: nothing becomes “+1201”",
    "",
    "  2   to update",
    "  10  already in step",
    "Contacts: 12 pairs recognised; nothing was written. Start it with `kith begin contacts --mode full`",
  ]);
});

test("T11 preview as JSON holds the counts and every row", async () => {
  const { lines } = await run(["preview", "contacts", "--json"], PAGES);
  expect(JSON.parse(lines.join(""))).toEqual({ ...PREVIEW, rows: [ANA], isAll: true });
});

test("T11 begin starts the sync in the mode asked for", async () => {
  const { code, lines, asked } = await run(["begin", "contacts", "--mode", "newOnly"], {
    begin: { state: "starting", mode: "newOnly", startedAt: 1, isNew: true },
  });
  expect(code).toBe(0);
  expect(lines.join("")).toContain("Contacts is starting: newOnly");
  expect(asked.at(-1)).toMatchObject({ body: JSON.stringify({ mode: "newOnly" }) });
});

test("T11 begin says of a sync that was started before that nothing changes", async () => {
  const { lines } = await run(["begin", "contacts"], { begin: { state: "started", mode: "full", isNew: false } });
  expect(lines.join("")).toContain("was started before: full");
});

test("T11 a mode or a sync that is not there is refused in one sentence that names those that are", async () => {
  expect((await run(["begin", "contacts", "--mode", "all"], {})).lines).toEqual([
    "kith: --mode takes full, newOnly, fillEmpty, not all.",
  ]);
  expect((await run(["preview", "nobody"], {})).lines).toEqual(["kith: There is no sync nobody; there are: contacts."]);
});
