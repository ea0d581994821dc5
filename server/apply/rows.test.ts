import { expect, test } from "vitest";
import { MappingRow } from "../../model/sync.ts";
import { aSync } from "../../test/builders.ts";
import { rowIssues } from "./rows.ts";

function issuesOf(...pairs: readonly (readonly [left: string, right: string])[]): readonly string[] {
  return rowIssues(aSync({ mapping: pairs.map(([left, right]) => MappingRow.parse({ left, right })) }));
}

test("A34 two rows onto one field of either side are refused, with both rows named", () => {
  expect(issuesOf(["firstName", "nickname"], ["lastName", "title"], ["jobTitle", "nickname"])).toEqual([
    "mapping: rows 1 (firstName with nickname) and 3 (jobTitle with nickname) both name the right field nickname; " +
      "a field can have one counterpart",
  ]);
  expect(issuesOf(["firstName", "nickname"], ["firstName", "title"])).toEqual([
    expect.stringContaining("the left field firstName"),
  ]);
});

test("A34 rows between fields of their own are right", () => {
  expect(issuesOf(["firstName", "title"], ["title", "firstName"])).toEqual([]);
});

test("A34 a part of a joined row is a field that no other row may have", () => {
  const parts = { as: "fullName", side: "left", first: "firstName", last: "lastName" } as const;
  const mapping = [
    MappingRow.parse({ left: "name", right: "fullName", parts }),
    MappingRow.parse({ left: "lastName", right: "surname" }),
  ];
  expect(rowIssues(aSync({ mapping }))).toEqual([expect.stringContaining("both name the left field lastName")]);
});
