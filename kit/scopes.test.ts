import { expect, test } from "vitest";
import { createKnownScopes, type KeptScopes } from "./scopes.ts";

test("OP9 what nothing is known of is not known, and what was tried is", () => {
  const scopes = createKnownScopes({ now: () => 0 });
  expect(scopes.of(["a"])).toEqual({ state: "unknown", missing: [] });
  scopes.granted(["a"]);
  scopes.refused(["b"]);
  expect(scopes.of(["a"])).toEqual({ state: "yes", missing: [] });
  expect(scopes.of(["a", "b", "c"])).toEqual({ state: "no", missing: ["b"] });
  expect(scopes.of(["a", "c"])).toEqual({ state: "unknown", missing: [] });
});

test("OP9 a permission that was given later is no longer missing", () => {
  const scopes = createKnownScopes({ now: () => 0 });
  scopes.refused(["a"]);
  scopes.granted(["a"]);
  expect(scopes.of(["a"]).state).toBe("yes");
});

test("OP9 what the partner says of a credential tells of all permissions, until it is tried", () => {
  const scopes = createKnownScopes({ now: () => 0 });
  scopes.refused(["a"]);
  scopes.told(["a", "b"]);
  expect([scopes.of(["a"]).state, scopes.of(["c"]).state]).toEqual(["yes", "no"]);
  scopes.refused(["b"]);
  scopes.told(["b", "a"]);
  expect(scopes.of(["b"])).toEqual({ state: "no", missing: ["b"] });
});

test("OP20 what was learned of a token is kept, and counts again for that token alone", () => {
  let kept: KeptScopes | undefined;
  const first = createKnownScopes({
    now: () => 5,
    keep: (learned) => {
      kept = learned;
    },
  });
  first.ofCredential("one");
  first.granted(["contacts.readonly"]);
  first.refused(["users.readonly"]);
  const again = createKnownScopes({ now: () => 6, ...(kept && { kept }) });
  expect(again.of(["contacts.readonly"]).state).toBe("unknown");
  again.ofCredential("one");
  expect(again.of(["contacts.readonly"]).state).toBe("yes");
  expect(again.of(["users.readonly"])).toEqual({ state: "no", missing: ["users.readonly"] });
  again.ofCredential("other");
  expect(again.of(["contacts.readonly"]).state).toBe("unknown");
});

test("OP20 a refusal counts for a day, and nothing is kept that says nothing new", () => {
  let now = 0;
  let times = 0;
  const scopes = createKnownScopes({
    now: () => now,
    keep: () => {
      times += 1;
    },
  });
  scopes.refused(["users.readonly"]);
  scopes.refused(["users.readonly"]);
  expect([times, scopes.of(["users.readonly"]).state]).toEqual([1, "no"]);
  now = 86_400_000;
  expect(scopes.of(["users.readonly"]).state).toBe("unknown");
});
