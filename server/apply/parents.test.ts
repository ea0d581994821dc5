import { expect, test } from "vitest";
import { anyConnector, type Connector } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import { SyncConfig } from "../../model/sync.ts";
import { acme, aWorkspace } from "../scene.ts";
import { validateWorkspace } from "./validate.ts";

const { contact } = acme.resources;
const CONNECTORS: ReadonlyMap<string, Connector> = new Map([
  ["acme", anyConnector({ ...acme, resources: { contact, note: contact } as Connector["resources"] })],
]);
const NOTHING = { connections: new Map(), syncs: new Map() };

function aNotesSync(change: Partial<SyncConfig>): SyncConfig {
  const base = { id: "notes", name: "Notes", left: "one", right: "two", resource: "note" };
  return SyncConfig.parse({ ...base, ...change });
}

/** What is wrong with a workspace that has this sync beside the one of its contacts. */
function issuesOf(sync: SyncConfig): readonly string[] {
  const config = aWorkspace();
  try {
    validateWorkspace({ ...config, syncs: [...config.syncs, sync] }, CONNECTORS, NOTHING);
    return [];
  } catch (thrown) {
    return thrown instanceof Failure ? (thrown.details.issues ?? []) : [String(thrown)];
  }
}

test("H19 a sync of notes that names the sync of their contacts is right", () => {
  expect(issuesOf(aNotesSync({ parent: "contacts" }))).toEqual([]);
});

test("H19 a sync of notes has no settle time", () => {
  const settleMs = { left: 5_000, right: 0 };
  expect(issuesOf(aNotesSync({ parent: "contacts", settleMs }))).toEqual([
    "sync notes: settleMs: notes are carried at once; leave it out",
  ]);
});

test("H19 a sync of notes without the sync of their contacts is told which to name", () => {
  expect(issuesOf(aNotesSync({}))).toEqual([
    "sync notes: parent: a sync of notes names the sync of the contacts of one and two; use contacts",
  ]);
});

test("H19 the sync named must be one of contacts between the same sides", () => {
  expect(issuesOf(aNotesSync({ parent: "nothing" }))).toEqual([
    "sync notes: parent: nothing is not the sync of the contacts of one and two; use contacts",
  ]);
  expect(issuesOf(aNotesSync({ parent: "contacts", left: "two", right: "one" }))).toEqual([
    "sync notes: parent: contacts is not the sync of the contacts of two and one; add one first",
  ]);
  expect(issuesOf(aNotesSync({ parent: "notes" }))).toHaveLength(1);
});

test("H19 contacts belong to no other sync", () => {
  expect(issuesOf(aNotesSync({ id: "more", resource: "contact", parent: "contacts" }))).toEqual([
    "sync more: parent: contacts belong to no other sync",
  ]);
});

test("H19 a resource that a connector lacks is said as ever", () => {
  expect(issuesOf(aNotesSync({ resource: "task", parent: "contacts" }))).toEqual([
    "sync notes: resource: Acme CRM has no task",
    "sync notes: resource: Acme CRM has no task",
  ]);
});
