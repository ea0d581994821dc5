import { expect, test } from "vitest";
import { scopeOfEvent } from "../../../sandbox/highlevel/scopes.ts";
import { operations } from "./index.ts";

const triggers = operations.flatMap((entry) => (entry.kind === "trigger" ? [entry] : []));

test.each(triggers)("HL107 $id says what fires it and how soon", ({ firedBy, delay, scopes }) => {
  expect(delay.words).toMatch(/^Within .+\.$/);
  expect(delay.ms).toBeGreaterThan(0);
  if (firedBy.kind === "webhook") {
    expect(firedBy.events.map(scopeOfEvent)).toEqual(scopes);
  } else {
    const asked = operations.find(({ id }) => id === firedBy.operation);
    expect(asked).toMatchObject({ kind: "action", effect: "reads", scopes });
  }
});

test("HL108 the catalogue holds at least 126 entries", () => {
  expect(operations.length).toBeGreaterThanOrEqual(126);
});
