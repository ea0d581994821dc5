import { expect, test } from "vitest";
import { DeclaredTable } from "../../model/declaration.ts";
import { outboxSql, statementsFor } from "./statements.ts";

const TABLE = DeclaredTable.parse({
  ...{ table: "crm.tasks", parentId: "person", changedAt: "changed_at", deletedAt: "gone_at" },
  fields: [
    { key: "title", label: "Title", path: "title", type: "text" },
    { key: "dueAt", label: "Due", path: "due", type: "dateTime" },
    { key: "tags", label: "Tags", path: "tags", type: "set" },
  ],
});
const [title, due, tags] = TABLE.fields;
const given =
  title && due && tags
    ? ([
        [title, "Call"],
        [due, "2031-03-04T09:30:00.000Z"],
        [tags, ["a"]],
      ] as const)
    : [];
const shown = (quote: string) =>
  ["id", "person", "changed_at", "gone_at", "title", "due", "tags"].map((one) => quote + one + quote).join(", ");

test("YA64 the statements for PostgreSQL and MySQL differ in quotes, marks and the writing of moments and lists", () => {
  const [postgres, mysql] = [statementsFor("postgres", TABLE, undefined), statementsFor("mysql", TABLE, undefined)];
  expect(postgres.list({ after: "7", since: "x", parentId: "3" })).toEqual({
    text: `select ${shown('"')} from "crm"."tasks" where "gone_at" is null and "id" > $1 and "person" = $2 and "changed_at" >= $3 order by "id" limit 500`,
    values: ["7", "3", "x"],
  });
  expect(mysql.list({ after: "7" })).toEqual({
    text: `select ${shown("`")} from \`crm\`.\`tasks\` where \`gone_at\` is null and \`id\` > ? order by \`id\` limit 500`,
    values: ["7"],
  });
  expect(postgres.insert(given, "3")).toEqual({
    text: 'insert into "crm"."tasks" ("title", "due", "tags", "person") values ($1, $2, $3, $4) returning "id"',
    values: ["Call", "2031-03-04T09:30:00.000Z", ["a"], "3"],
  });
  expect(mysql.insert(given, "3")).toEqual({
    text: "insert into `crm`.`tasks` (`title`, `due`, `tags`, `person`) values (?, ?, ?, ?)",
    values: ["Call", "2031-03-04 09:30:00.000", '["a"]', "3"],
  });
  expect(mysql.update("9", given.slice(0, 1))).toEqual({
    text: "update `crm`.`tasks` set `title` = ? where `gone_at` is null and `id` = ? and cast(`id` as char) = ?",
    values: ["Call", "9", "9"],
  });
  expect(mysql.remove("9").text).toBe(
    "update `crm`.`tasks` set `gone_at` = current_timestamp where `gone_at` is null and `id` = ? and cast(`id` as char) = ?",
  );
  expect(mysql.find("title", "X", true).text).toContain("lower(`title`) = lower(?)");
});

test("YA64 the outbox for MySQL has a trigger for each way in which a row changes", () => {
  const text = outboxSql("mysql", "kith_outbox", [TABLE]);
  for (const verb of ["insert", "update", "delete"])
    expect(text).toContain(`after ${verb} on \`crm\`.\`tasks\` for each row`);
});
