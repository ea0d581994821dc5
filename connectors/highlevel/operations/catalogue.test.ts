import { expect, test } from "vitest";
import { z } from "zod";
import { EFFECTS } from "../../../kit/index.ts";
import { GENERATIONS } from "./dialect.ts";
import { operations } from "./index.ts";

const actions = operations.flatMap((entry) => (entry.kind === "action" ? [entry] : []));

test("OP8 no two entries have the same id", () => {
  const ids = operations.map(({ id }) => id);
  expect(ids.filter((id, place) => ids.indexOf(id) !== place)).toEqual([]);
});

test.each(operations)("OP8 $id says what it is, what it needs and where it is documented", (entry) => {
  expect(entry.id).toMatch(/^[a-z][A-Za-z]*\.[a-z][A-Za-z]*$/);
  expect(entry.subject).not.toBe("");
  expect(entry.title).toMatch(/^[A-Z][^.]+$/);
  expect(entry.description).toMatch(/^[A-Z].+\.$/);
  expect(entry.scopes.length).toBeGreaterThan(0);
  expect(entry.source).toMatch(/^(apps|docs)\/.+\.(json|md)$/);
  expect(Object.keys(EFFECTS)).toContain(entry.effect);
  expect(entry.generations.length).toBeGreaterThan(0);
  for (const generation of entry.generations) expect(GENERATIONS).toContain(generation);
});

test.each(operations)("OP8 the example of $id is what its shapes say", ({ output, example }) => {
  expect(output.parse(example.output)).toEqual(example.output);
});

test.each(actions)("OP8 the example input of $id is one that it takes", ({ input, example }) => {
  expect(input.parse(example.input)).toMatchObject(Object(example.input));
});

const Described = z.object({
  additionalProperties: z.literal(false),
  properties: z.record(z.string(), z.object({ description: z.string().min(1) })),
});

test.each(actions)(
  "OP8 $id tells what each of its inputs is, refuses others, and asks for no id of the account",
  (entry) => {
    const { properties } = Described.parse(z.toJSONSchema(entry.input, { io: "input", unrepresentable: "any" }));
    expect(Object.keys(properties)).not.toContain("locationId");
    expect(Object.keys(properties)).not.toContain("companyId");
    expect(z.toJSONSchema(entry.output, { io: "output", unrepresentable: "any" })).toMatchObject({ type: "object" });
  },
);
