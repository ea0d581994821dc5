import { expect, test } from "vitest";
import { plannedWords } from "./planned.ts";

test("UI22 what could not be written is told field by field, in a line", () => {
  const changes = [
    { field: "City", value: "Rome" },
    { field: "Company" },
    { field: "Tags", add: ["vip", "new"], remove: ["old"] },
  ];
  expect(plannedWords({ to: "Salesmate", act: "update", changes })).toBe(
    "Could not be written to Salesmate: City “Rome”, Company cleared, Tags add vip, new and remove old",
  );
  expect(plannedWords({ to: "HighLevel", act: "delete", changes: [] })).toBe("Could not be deleted in HighLevel");
});
