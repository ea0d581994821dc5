import { afterEach, beforeEach, expect, test } from "vitest";
import type { Link } from "../../../engine/ports.ts";
import { LinkView, Problem } from "../../../model/api/views.ts";
import { Failure } from "../../../model/errors.ts";
import { aHalfLink, aJournalEntry, aLink, aSide, NOON } from "../../../test/builders.ts";
import { aHub, aWorkspace, notingEngine, type Scene, STILL_CLOCK } from "../../scene.ts";

let scene: Scene;
beforeEach(async () => {
  // The partners cannot be asked for their fields: these are shown by their keys.
  const describeLink = () => Promise.reject(new Failure("unavailable", "Acme does not answer."));
  scene = await aHub({ engine: { ...notingEngine().engine, describeLink } });
  await call("PUT", "", aWorkspace());
});
afterEach(() => scene.hub.stop());

async function call(method: string, path: string, body?: unknown) {
  const headers = { authorization: `Bearer ${scene.token()}`, "content-type": "application/json" };
  const sent = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${scene.hub.listensAt}/api/workspaces/w${path}`, { method, headers, ...sent });
  return { status: response.status, answer: await response.json() };
}

async function save(...links: readonly Link[]): Promise<void> {
  const lane = await scene.store.takeLane("w", "test", NOON);
  await scene.store.apply(
    lane,
    links.map((link) => ({ kind: "saveLink", link })),
  );
}

const decide = (linkId: string, decision: unknown) => call("POST", `/links/${linkId}/decisions`, decision);

const ASKED = aHalfLink("left", {
  id: "bo",
  state: "ambiguous",
  ambiguity: { candidates: [{ linkId: "rob", evidence: ["same e-mail"] }], since: NOON },
});
const SUSPECT = aHalfLink("right", { id: "rob", title: "Rob Berg" });
const IN_CONFLICT = aLink({
  id: "ana",
  left: aSide({ externalId: "L9" }),
  right: aSide({ externalId: "R9" }),
  conflicts: [{ field: "city", left: "Rome", right: "Oslo", since: NOON }],
});

const KEPT = aHalfLink("left", { id: "kim", left: aSide({ externalId: "L7" }), keptAloneAt: NOON });

test.each([
  [{ kind: "alone" }, "bo", "alone:bo"],
  [{ kind: "notAlone" }, "kim", "notAlone:kim"],
  [{ kind: "same", other: "rob" }, "bo", "same:bo:rob"],
  [{ kind: "different", other: "rob" }, "bo", "different:bo:rob"],
  [{ kind: "new" }, "bo", "new:bo"],
  [{ kind: "keep", field: "city", side: "right" }, "ana", "keep:ana:right:city"],
])("A70 the decision %j is taken and due at once", async (decision, linkId, key) => {
  await save(ASKED, SUSPECT, IN_CONFLICT, KEPT);
  const next = `link:${linkId}`;
  expect(await decide(linkId, decision)).toEqual({ status: 202, answer: { key, next, others: [] } });
  const due = await scene.store.dueKey("w", key);
  expect(due).toMatchObject({ reason: "person", priority: 0, dueAt: STILL_CLOCK.now() });
});

test("A74 a decision names the other questions that hang together with it, however far", async () => {
  const asked = (id: string, side: "left" | "right", couldBe: readonly string[]) =>
    aHalfLink(side, {
      id,
      state: "ambiguous",
      [side]: aSide({ externalId: id }),
      ambiguity: { candidates: couldBe.map((linkId) => ({ linkId, evidence: [] })), since: NOON },
    });
  await save(
    asked("a", "left", ["x"]),
    asked("x", "right", ["a", "b"]),
    asked("b", "left", ["x"]),
    asked("c", "left", []),
  );
  const { answer } = await decide("a", { kind: "alone" });
  expect(answer).toMatchObject({
    others: [
      { linkId: "x", key: "link:x" },
      { linkId: "b", key: "link:b" },
    ],
  });
  expect((await call("GET", "/links/x")).answer).toMatchObject({ couldBe: ["a", "b"] });
});

test("A75 the old address of a record that has joined another leads to that one", async () => {
  await save(IN_CONFLICT);
  const lane = await scene.store.takeLane("w", "test", NOON);
  await scene.store.apply(lane, [{ kind: "dropLink", linkId: "ana-before", into: "ana" }]);
  expect((await call("GET", "/links/ana-before")).answer).toMatchObject({ id: "ana", title: "Ana Silva" });
  const { status, answer } = await decide("ana-before", { kind: "new" });
  expect([status, Problem.parse(answer).detail]).toEqual([409, expect.stringContaining("goes on in ana")]);
});

test("A71 a decision that came too late is told what happened instead", async () => {
  const lane = await scene.store.takeLane("w", "test", NOON);
  const entry = aJournalEntry({ linkId: "ana", summary: "Linked: same e-mail." });
  await scene.store.apply(lane, [
    { kind: "saveLink", link: IN_CONFLICT },
    { kind: "journal", entry },
  ]);
  const { answer } = await decide("ana", { kind: "alone" });
  expect(Problem.parse(answer).detail).toContain(
    "has its counterpart by now. What was done last: “Linked: same e-mail.”",
  );
});

test("A76 a record that a person keeps on one side says so, and is counted", async () => {
  await save(KEPT);
  expect((await call("GET", "/links")).answer).toMatchObject({
    links: [{ id: "kim", state: "half", isKeptAlone: true }],
  });
  expect((await call("GET", "/overview")).answer).toMatchObject({
    syncs: [{ counts: { half: 1, keptAlone: 1 } }],
  });
});

test("A70 it is told by its key whether it is carried out, and why not", async () => {
  await save(IN_CONFLICT);
  const path = `/due/${encodeURIComponent("keep:ana:left:city")}`;
  expect((await call("GET", path)).answer).toEqual({ state: "done" });
  await decide("ana", { kind: "keep", field: "city", side: "left" });
  expect((await call("GET", path)).answer).toMatchObject({ state: "due" });
  const error = { kind: "rejected", message: "Acme refuses the city.", at: NOON };
  const lane = await scene.store.takeLane("w", "test", NOON);
  await scene.store.apply(lane, [{ kind: "bury", key: "keep:ana:left:city", generation: 1, attempts: 1, error }]);
  expect((await call("GET", path)).answer).toMatchObject({ state: "failed", error });
});

test("A73 a decision that failed is listed with its record and the product that it names", async () => {
  await save(IN_CONFLICT);
  await decide("ana", { kind: "keep", field: "city", side: "right" });
  const error = { kind: "rejected", message: "Acme refuses the city.", at: NOON };
  const lane = await scene.store.takeLane("w", "test", NOON);
  await scene.store.apply(lane, [{ kind: "bury", key: "keep:ana:right:city", generation: 1, attempts: 1, error }]);
  const { answer } = await call("GET", "/troubles");
  expect(answer).toMatchObject([{ linkId: "ana", title: "Ana Silva", product: "Acme two", error }]);
});

test("A70 to look at a record is taken like a decision", async () => {
  await save(IN_CONFLICT);
  expect(await call("POST", "/links/ana/reconcile")).toEqual({ status: 202, answer: { key: "link:ana" } });
  expect(await scene.store.dueKey("w", "link:ana")).toMatchObject({ reason: "person" });
});

const FOUND = aLink({ id: "rob" });
const BESIDE = aHalfLink("left", { id: "rob", left: aSide({ externalId: "L2" }) });
const ELSEWHERE = { ...SUSPECT, syncId: "others" };
const SETTLED = aHalfLink("left", { id: "bo" });

test.each([
  ["a conflict that is over", { kind: "keep", field: "phone", side: "left" }, "ana", [IN_CONFLICT]],
  ["a record that has found its counterpart", { kind: "new" }, "ana", [IN_CONFLICT]],
  ["a record nobody asks about", { kind: "new" }, "bo", [SETTLED]],
  ["another that has found its own", { kind: "same", other: "rob" }, "bo", [ASKED, FOUND].map(apart)],
  ["another on the same side", { kind: "same", other: "rob" }, "bo", [ASKED, BESIDE]],
  ["another of another sync", { kind: "same", other: "rob" }, "bo", [ASKED, ELSEWHERE]],
  ["one that is kept alone already", { kind: "alone" }, "kim", [KEPT]],
  ["one that nobody keeps alone", { kind: "notAlone" }, "bo", [SETTLED]],
  ["two that were never taken for one", { kind: "different", other: "rob" }, "bo", [SETTLED, SUSPECT]],
] as const)("A71 a decision about %s is refused, and nothing is due", async (_what, decision, linkId, links) => {
  await save(...links);
  const { status, answer } = await decide(linkId, decision);
  expect([status, Problem.parse(answer).code]).toEqual([409, "conflict"]);
  expect((await scene.store.dueKeys("w", ["contacts"], STILL_CLOCK.now(), 9)).map(({ key }) => key)).toEqual([
    "backfill:contacts",
  ]);
});

/** No two of them hold the same record. */
function apart(link: Link): Link {
  return link.left === undefined ? link : { ...link, left: { ...link.left, externalId: `L-${link.id}` } };
}

test.each([
  ["nobody", { kind: "new" }],
  ["bo", { kind: "same", other: "nobody" }],
])("A71 a decision that names a record that is not there is a 404: %s %j", async (linkId, decision) => {
  await save(ASKED);
  expect((await decide(linkId, decision)).status).toBe(404);
});

test("A7 a decision of another shape is refused", async () => {
  await save(ASKED);
  expect((await decide("bo", { kind: "maybe" })).status).toBe(400);
});

test("A72 a record shows whom it may be, both side by side, and whether they can be linked", async () => {
  await save(ASKED, SUSPECT);
  const shown = LinkView.parse((await call("GET", "/links/bo")).answer);
  expect(shown).toMatchObject({ leftName: "Acme one", rightName: "Acme two" });
  expect(shown.candidates).toMatchObject([
    { linkId: "rob", title: "Rob Berg", evidence: ["same e-mail"], canLink: true },
  ]);
  const email = { field: "email", left: "ana.silva@example.com", right: "ana.silva@example.com", state: "same" };
  expect(shown.candidates[0]?.fields).toContainEqual(expect.objectContaining(email));
});

test("A72 whom it may be cannot be linked once that one has found a counterpart", async () => {
  await save(...[ASKED, FOUND].map(apart));
  const { answer } = await call("GET", "/links/bo");
  expect(LinkView.parse(answer).candidates).toMatchObject([{ linkId: "rob", canLink: false }]);
});

test("A120 the list can be asked for the records of one sync", async () => {
  await save(KEPT);
  expect((await call("GET", "/links?sync=contacts")).answer).toMatchObject({ total: 1 });
  expect((await call("GET", "/links?sync=firms")).answer).toMatchObject({ links: [], total: 0 });
});
