import { expect, test } from "vitest";
import { anyConnector, type Connector } from "../../kit/index.ts";
import { asFailure } from "../../model/errors.ts";
import { SyncConfig } from "../../model/sync.ts";
import { acme, aWorkspace } from "../scene.ts";
import { validateWorkspace } from "./validate.ts";

const { contact } = acme.resources;
const CONNECTORS: ReadonlyMap<string, Connector> = new Map([
  ["acme", anyConnector({ ...acme, resources: { contact, business: contact } as Connector["resources"] })],
]);

function aBusinessSync(change: Partial<SyncConfig> = {}): SyncConfig {
  const base = { id: "firms", name: "Firms", left: "one", right: "two", resource: "business" };
  return SyncConfig.parse({ ...base, ...change });
}

/** What is wrong with a workspace that has this sync beside the one of its contacts. */
function issuesOf(sync: SyncConfig): readonly string[] {
  const config = aWorkspace();
  try {
    validateWorkspace({ ...config, syncs: [...config.syncs, sync] }, CONNECTORS, {
      connections: new Map(),
      syncs: new Map(),
    });
    return [];
  } catch (thrown) {
    return asFailure(thrown).details.issues ?? [String(thrown)];
  }
}

test("I16 a sync that names no rules has those of its kind of record", () => {
  expect(aBusinessSync().match).toEqual(["name", "website", "phone", "email"]);
  expect(aBusinessSync({ resource: "contact" }).match).toEqual(["email", "phone"]);
  expect(issuesOf(aBusinessSync())).toEqual([]);
});

test("I16 contacts are never recognised by their name", () => {
  expect(issuesOf(aBusinessSync({ resource: "contact", match: ["name", "email"] }))).toEqual([
    "sync firms: match: contacts are not recognised by name; use email, phone",
  ]);
});

test("H19 businesses belong to no other sync", () => {
  expect(issuesOf(aBusinessSync({ parent: "contacts" }))).toEqual([
    "sync firms: parent: businesses belong to no other sync",
  ]);
});
