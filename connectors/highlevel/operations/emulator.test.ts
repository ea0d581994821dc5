import { expect, test } from "vitest";
import { CALENDAR } from "../../../test/operationCases/calendar.ts";
import { PEOPLE } from "../../../test/operationCases/people.ts";
import { PLACE } from "../../../test/operationCases/place.ts";
import { SALES } from "../../../test/operationCases/sales.ts";
import { TALK } from "../../../test/operationCases/talk.ts";
import { type Bag, operationWorld, VERSIONS } from "../../../test/operationWorld.ts";
import { operations } from "./index.ts";

const CASES = { ...PEOPLE, ...CALENDAR, ...SALES, ...TALK, ...PLACE };

const actions = operations.flatMap((entry) => (entry.kind === "action" ? [entry] : []));

test("HL100 every action of the catalogue is tried at the emulator, and nothing else is", () => {
  expect(Object.keys(CASES).sort()).toEqual(actions.map(({ id }) => id).sort());
});

const RUNS = actions.flatMap((action) =>
  action.generations.map((generation) => ({
    ...action,
    generation,
    version: generation === "v3" ? VERSIONS.v3 : VERSIONS.dated,
  })),
);

test.each(RUNS)("HL100 $id does what it says at the emulator, in the $generation generation", async (action) => {
  const { id, output: shape, example, version, tokenClass = "location" } = action;
  const tried = CASES[id];
  if (tried === undefined) throw new Error(`nothing says how to try ${id}`);
  const world = await operationWorld(version, { tokenClass });
  try {
    const input: Bag = { ...(await world.real(Object(example.input))), ...(await tried.input?.(world)) };
    await tried.before?.(world);
    const output = await world.run(id, input);
    expect(shape.parse(output)).toEqual(output);
    await tried.after(world, input, output);
  } finally {
    await world.end();
  }
});
