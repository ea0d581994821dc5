import { expect, test } from "vitest";
import { operationWorld, VERSIONS } from "../../../test/operationWorld.ts";
import { classify, scopeOf } from "../errors.ts";
import { operations } from "./index.ts";
import { actionAt } from "./routes.ts";

const CALLS = operations.flatMap((entry) =>
  entry.kind === "action" ? entry.calls.map((call) => ({ ...call, id: entry.id, scopes: entry.scopes })) : [],
);

test.each(CALLS)(
  "HL101 $method $path is known as a call of the catalogue, and its permission with it",
  ({ method, path, scopes }) => {
    const real = path.replaceAll(/\{\w+\}/g, "x1");
    expect(actionAt(method, real)?.action.calls).toContainEqual(expect.objectContaining({ method, path }));
    expect(scopeOf(method, real)).toBe(scopes.join(", "));
  },
);

test("HL101 a path without names is not taken for one with a name in its place", () => {
  expect(actionAt("GET", "/contacts/search/duplicate")?.action.id).toBe("contact.findDuplicate");
  expect(actionAt("GET", "/contacts/c1")?.action.id).toBe("contact.read");
});

test.each([
  ["GET", "/businesses/b1", 404, "not_found"],
  ["PUT", "/opportunities/o1", 400, "not_found"],
  ["GET", "/businesses/", 404, "unavailable"],
  ["GET", "/locations/l1", 404, "unavailable"],
] as const)("HL102 %s %s answered %i with words that something is not found is %s", (method, path, status, kind) => {
  const answer = { method, path, status, headers: {}, body: { message: "It was not found" } };
  expect(classify(answer)?.kind).toBe(kind);
});

test("HL102 a calendar that is not there is no wrong setting but where appointments are written", () => {
  const answer = { status: 400, headers: {}, body: { message: "The calendar id is invalid or does not exist" } };
  expect(classify({ ...answer, method: "GET", path: "/calendars/c1" })?.kind).toBe("rejected");
  expect(classify({ ...answer, method: "POST", path: "/calendars/events/appointments" })?.kind).toBe("misconfigured");
});

test("HL105 calendars speak their own dated version, and every other part the one that is set", async () => {
  const world = await operationWorld(VERSIONS.dated);
  const action = (id: string) => operations.find((entry) => entry.id === id);
  expect([action("calendar.list")?.source, action("contact.read")?.source]).toEqual([
    "apps/calendars.json",
    "apps/contacts.json",
  ]);
  await world.run("calendar.list");
  await world.run("location.read");
  expect(world.versions()).toEqual(["2021-04-15", "2021-07-28"]);
  await world.end();
});
