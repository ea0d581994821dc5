import { describe, expect, test } from "vitest";
import type { VerifyView } from "../model/api/views.ts";
import { columns, inStep, verifyLines } from "./show.ts";

const REPORT: VerifyView = {
  syncId: "contacts",
  readLeft: 3,
  readRight: 2,
  linked: 2,
  differences: 0,
  explained: 0,
  list: [],
};

describe("what is shown", () => {
  test("X50 columns are as wide as their widest cell, and end without spaces", () => {
    expect(columns([["a", "b"], ["long", ""], []])).toEqual(["a     b", "long", ""]);
  });

  test("X51 the last line says exactly whether both sides are in step", () => {
    expect(inStep(REPORT)).toBe("in step: 2 linked, 0 differences");
    expect(inStep({ ...REPORT, explained: 3 })).toBe("in step: 2 linked, 0 differences; 3 wait for your decision");
    expect(inStep({ ...REPORT, differences: 1 })).toBe("not in step: 2 linked, 1 differences");
  });

  test("X52 every difference is listed with both values or with what is missing", () => {
    const lines = verifyLines("Contacts", {
      ...REPORT,
      differences: 2,
      list: [
        { title: "Ana Silva", kind: "field", field: "phone", left: "+4930", right: "" },
        { title: "Bo Li", kind: "missingRight", side: "right" },
      ],
    });
    expect(lines).toEqual([
      '  Ana Silva  phone                 "+4930"  ""',
      "  Bo Li      missing on the right",
      "Contacts: read 3 and 2; not in step: 2 linked, 2 differences",
    ]);
  });
});
