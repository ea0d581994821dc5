import fc from "fast-check";
import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import { applyChanges, type Fields } from "../../model/value.ts";
import { aField, aSync } from "../../test/builders.ts";
import { compileMapping } from "../mapping/compile.ts";
import { partChanges, withJoined } from "../mapping/joined.ts";
import { normalForm } from "../mapping/normalForm.ts";
import type { Base } from "../ports.ts";
import { agreedBase, isQuiet, plan } from "./plan.ts";

/** `KITH_RUNS` raises how many invented histories are tried. */
const RUNS = { numRuns: Number(process.env.KITH_RUNS ?? 300) };

/** A name in two fields on the left and in one on the right, edited on either side between passes. */
const JOINED = (() => {
  const parts = { as: "fullName", side: "left", first: "first", last: "last" };
  const mapping = [MappingRow.parse({ left: "name", right: "fullName", parts })];
  const left = { fields: [aField("first"), aField("last")], country: "US" };
  const right = { fields: [aField("fullName")], country: "US" };
  return { rows: mapping, left, mapping: compileMapping(aSync({ hasStockMapping: false, mapping }), left, right) };
})();

const someNameSteps = fc.array(
  fc.oneof(
    fc.record({
      first: fc.constantFrom("", "Ana", "Ana Maria", " Bo "),
      last: fc.constantFrom("", "Silva", "van Berg"),
    }),
    fc.record({ fullName: fc.constantFrom("", "Ana", "Ana Maria Silva", "Bo  van Berg", "Ana Silva") }),
  ),
  { minLength: 1, maxLength: 10 },
);

/** One pass over a joined row: the plan's change of the joined name is written to its parts, as at a partner's door. */
function joinedPass(
  left: Fields,
  right: Fields,
  base: Base,
): { left: Fields; right: Fields; base: Base; isQuiet: boolean } {
  const { mapping, rows } = JOINED;
  const seen = { left: { fields: withJoined(rows, left) }, right: { fields: right } };
  const planned = plan({ mapping, base, ...seen });
  const change = planned.changes.left["first+last"];
  const [row] = rows;
  if (row === undefined) throw new Error("the mapping lacks its row");
  const text = change?.kind === "set" ? String(change.value) : "";
  const origin = { country: "US", type: "text" } as const;
  const parts = change === undefined ? undefined : partChanges(row, text, left, JOINED.left.fields, origin);
  const next = {
    left: parts?.kind === "changes" ? applyChanges(left, parts.changes) : left,
    right: applyChanges(right, planned.changes.right),
  };
  const after = { left: { fields: withJoined(rows, next.left) }, right: { fields: next.right } };
  return { ...next, base: agreedBase(mapping, base, after.left, after.right, planned.held), isQuiet: isQuiet(planned) };
}

test("M18: a joined name is stable after every pass, whatever was edited before, and both sides say the same", () => {
  fc.assert(
    fc.property(someNameSteps, (steps) => {
      let state = { left: { first: "", last: "" } as Fields, right: { fullName: "" } as Fields, base: {} as Base };
      for (const step of steps) {
        const edited = "fullName" in step ? { ...state, right: step } : { ...state, left: step };
        state = joinedPass(edited.left, edited.right, edited.base);
        const again = joinedPass(state.left, state.right, state.base);
        expect(again.isQuiet).toBe(true);
        expect([again.left, again.right]).toEqual([state.left, state.right]);
        expect(normalForm("fullName", `${state.left.first} ${state.left.last}`, "US")).toBe(
          normalForm("fullName", state.right.fullName ?? "", "US"),
        );
      }
    }),
    RUNS,
  );
});
