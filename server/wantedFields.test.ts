import { expect, test } from "vitest";
import { aField } from "../test/builders.ts";
import { wantedFields } from "./wantedFields.ts";

const BOTH = { left: true, right: true };
const SCORE = aField("score", { type: "number", standard: "trustpilotScore" });

test("A121 a side that can have custom fields is offered those that it lacks for what the other side tells", () => {
  const sides = { left: [aField("email")], right: [SCORE, aField("email")] };
  const score = { side: "left", key: "trustpilot_score", name: "Trustpilot score", type: "number" };
  expect(wantedFields(sides, BOTH)).toEqual([score]);
  expect(wantedFields({ left: sides.right, right: sides.left }, BOTH)).toEqual([{ ...score, side: "right" }]);
});

test("A121 nothing is offered that is there, that the other side does not tell, or that can not be made", () => {
  expect(wantedFields({ left: [SCORE], right: [SCORE] }, BOTH)).toEqual([]);
  expect(wantedFields({ left: [], right: [] }, BOTH)).toEqual([]);
  expect(wantedFields({ left: [], right: [SCORE] }, { left: false, right: true })).toEqual([]);
});
