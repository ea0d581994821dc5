import { expect, test } from "vitest";
import { createKnownScopes } from "./scopes.ts";

test("OP9 what nothing is known of is not known, and what was tried is", () => {
  const scopes = createKnownScopes();
  expect(scopes.of(["a"])).toEqual({ state: "unknown", missing: [] });
  scopes.granted(["a"]);
  scopes.refused(["b"]);
  expect(scopes.of(["a"])).toEqual({ state: "yes", missing: [] });
  expect(scopes.of(["a", "b", "c"])).toEqual({ state: "no", missing: ["b"] });
  expect(scopes.of(["a", "c"])).toEqual({ state: "unknown", missing: [] });
});

test("OP9 a permission that was given later is no longer missing", () => {
  const scopes = createKnownScopes();
  scopes.refused(["a"]);
  scopes.granted(["a"]);
  expect(scopes.of(["a"]).state).toBe("yes");
});

test("OP9 what the partner says of a credential tells of all permissions, until it is tried", () => {
  const scopes = createKnownScopes();
  scopes.refused(["a"]);
  scopes.told(["a", "b"]);
  expect([scopes.of(["a"]).state, scopes.of(["c"]).state]).toEqual(["yes", "no"]);
  scopes.refused(["b"]);
  scopes.told(["b", "a"]);
  expect(scopes.of(["b"])).toEqual({ state: "no", missing: ["b"] });
});
