import { expect, test } from "vitest";
import { fieldsOf, filled } from "./forms.ts";

const SCHEMA = {
  type: "object",
  properties: {
    limit: { type: "integer", description: "How many.", default: 20 },
    contactId: { type: "string", description: "Id." },
    city: { anyOf: [{ type: "string" }, { type: "null" }], description: "City." },
    status: { type: "string", enum: ["open", "won"], description: "State." },
    completed: { type: "boolean", description: "Done." },
    tags: { type: "array", items: { type: "string" }, description: "Tags." },
    filters: { type: "array", items: { type: "object" }, description: "Conditions." },
  },
  required: ["contactId"],
};

test("UI53 a form is drawn from the shape: what must be given first, each in its plainest way", () => {
  const fields = fieldsOf(SCHEMA);
  expect(fields.map(({ key, kind, isRequired }) => [key, kind, isRequired])).toEqual([
    ["contactId", "text", true],
    ["limit", "number", false],
    ["city", "text", false],
    ["status", "pick", false],
    ["completed", "yesNo", false],
    ["tags", "texts", false],
    ["filters", "json", false],
  ]);
  expect(fields.map(({ hint }) => hint)).toEqual([
    "Id.",
    "How many. 20 when left out.",
    "City.",
    "State.",
    "Done.",
    "Tags. With commas between.",
    "Conditions. As JSON.",
  ]);
  expect(fields[0]?.label).toBe("Contact id");
  const names = { apiVersion: {}, searchLagMs: {}, requestsPer10s: {}, requestsPer5Minutes: {}, tokenUrl: {} };
  const labels = fieldsOf({ properties: names }).map(({ label }) => label);
  expect(labels).toEqual(["API version", "Search lag, ms", "Requests per 10 s", "Requests per 5 minutes", "Token URL"]);
});

test("UI53 what was typed is sent as what the shape asks for, and what is empty is not sent", () => {
  const draft = {
    contactId: " c1 ",
    limit: "5",
    city: "",
    status: "won",
    completed: "no",
    tags: "vip, , new",
    filters: '[{"field":"email"}]',
  };
  expect(filled(fieldsOf(SCHEMA), draft)).toEqual({
    kind: "input",
    input: {
      contactId: "c1",
      limit: 5,
      status: "won",
      completed: false,
      tags: ["vip", "new"],
      filters: [{ field: "email" }],
    },
  });
});

test.each([
  [{}, "Fill in contact id"],
  [{ contactId: "c1", limit: "many" }, "Limit must be a number"],
  [{ contactId: "c1", filters: "{" }, "Filters must be JSON"],
])("UI53 %j cannot be sent, and the form says why", (draft, words) => {
  expect(filled(fieldsOf(SCHEMA), draft)).toEqual({ kind: "wrong", words });
});
