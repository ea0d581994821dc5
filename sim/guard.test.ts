import { expect, test } from "vitest";
import { putUpGuard } from "./guard.ts";

test("Z5 whatever uses the real clock, timers or chance during a run is noted, and all is as before afterwards", () => {
  const before = { Date: globalThis.Date, random: Math.random, setTimeout: globalThis.setTimeout };
  const guard = putUpGuard();
  const uses = [() => Date.now(), () => new Date(), () => Math.random(), () => clearTimeout(setTimeout(() => {}, 1))];
  for (const use of uses) use();
  guard.lift();
  for (const what of ["Date.now", "new Date()", "random", "setTimeout"]) {
    expect(guard.touches.filter((touch) => touch.startsWith(`${what} was used`))).toHaveLength(1);
  }
  expect({ Date: globalThis.Date, random: Math.random, setTimeout: globalThis.setTimeout }).toEqual(before);
});

test("Z5 a date made of a time that is given is nobody's clock", () => {
  const guard = putUpGuard();
  const text = new Date(0).toISOString();
  guard.lift();
  expect(text).toBe("1970-01-01T00:00:00.000Z");
  expect(guard.touches).toEqual([]);
});
