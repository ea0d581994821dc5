import { expect, test } from "vitest";
import { textOf } from "../../test/source.ts";
import { HABITS } from "./quirks.ts";

test.each(HABITS)("SM100 $rule is a rule, and says what is done where: $does", ({ rule }) => {
  // That every stated rule has tests is seen to for all of them.
  expect(textOf("docs/SPEC.md")).toContain(`- **${rule}** `);
});
