import { afterEach, beforeEach, expect, test } from "vitest";
import type { FieldWatch } from "../../engine/ports.ts";
import type { FieldChoiceView } from "../../model/api/fields.ts";
import { aField } from "../../test/builders.ts";
import { aHub, aWorkspace, notingEngine, type Scene } from "../scene.ts";

const KEY = "custom.size";
const FINDING: FieldChoiceView = {
  side: "right",
  field: KEY,
  label: "Size",
  change: "gone",
  was: "text",
  lost: [],
  since: 5,
  records: 2,
  isLeftOut: false,
  choices: [{ field: "custom.size 2:%", label: "Size", isSuggested: true }],
};

let scene: Scene;
beforeEach(async () => {
  scene = await aHub({ engine: { ...notingEngine().engine, fieldChoices: async () => [FINDING] } });
  await call("PUT", "", aWorkspace());
});
afterEach(() => scene.hub.stop());

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, { method, headers, ...sent });
  return { status: response.status, answer: await response.json() };
}

const answer = (body: object) => call("POST", "/syncs/contacts/fields", { side: "right", field: KEY, ...body });

test("A89 a sync says which of its custom fields are not what they were, and what could take their place", async () => {
  expect((await call("GET", "/syncs/contacts/fields")).answer).toEqual([FINDING]);
});

test("A89 the overview says so of the sync without asking a partner", async () => {
  const lane = await scene.store.takeLane("w", "test", 1);
  const watch: FieldWatch = {
    syncId: "contacts",
    known: { left: {}, right: { [KEY]: aField(KEY, { label: "Size", isCustom: true }) } },
    findings: [{ side: "right", key: KEY, change: "gone", since: 5, records: 2 }],
    moved: [],
    anew: { left: [], right: [] },
  };
  await scene.store.apply(lane, [{ kind: "fieldWatch", watch }]);
  const { choices: _choices, ...shown } = FINDING;
  expect((await call("GET", "/overview")).answer).toMatchObject({ syncs: [{ fieldFindings: [shown] }] });
});

test("A89 an answer is taken on under a key that holds whatever a field is called", async () => {
  const { status, answer: taken } = await answer({ kind: "mapTo", to: "custom.size 2:%" });
  expect(status).toBe(202);
  expect(taken).toEqual({ key: "fieldTo:contacts:right:custom.size%202%3A%25:custom.size" });
  expect(await scene.store.dueKey("w", "fieldTo:contacts:right:custom.size%202%3A%25:custom.size")).toMatchObject({
    reason: "person",
  });
  expect((await answer({ kind: "leaveOut" })).status).toBe(202);
  expect((await answer({ kind: "again" })).status).toBe(202);
});

test("A89 an answer that does not apply says why, and nothing is taken on", async () => {
  const unknown = await answer({ kind: "mapTo", to: "custom.hat" });
  expect(unknown).toMatchObject({ status: 409, answer: { detail: expect.stringContaining("no field custom.hat") } });
  const gone = await answer({ kind: "mapTo", to: KEY });
  expect(gone).toMatchObject({ status: 409, answer: { detail: expect.stringContaining("is not there") } });
  const other = await call("POST", "/syncs/contacts/fields", { kind: "leaveOut", side: "left", field: KEY });
  expect(other).toMatchObject({ status: 409, answer: { detail: expect.stringContaining("nothing left to answer") } });
});
