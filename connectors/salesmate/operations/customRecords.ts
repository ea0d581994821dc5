import { z } from "zod";
import type { Action } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, composed, DONE, MADE, one, rows, SOURCES } from "./dialect.ts";
import { EXAMPLE_ID, heldIn, readRow, readsOf } from "./records.ts";
import { SEARCH_INPUT, searchSent } from "./searches.ts";
import { number, Owner } from "./shapes.ts";

const action = actionsOf("Modules of your own");

const moduleId = number("Number of the module, as module.read shows it.");
const module = z
  .string()
  .regex(/^[A-Za-z]\w{0,99}$/, "must be the internal name of a module")
  .describe("Internal name of the module.");
const recordId = number("Number of the record.");
const fields = z
  .record(
    z.string().regex(/^[A-Za-z]\w*$/, "must be the key of a field"),
    z.union([z.string(), z.number(), z.boolean(), z.null()]),
  )
  .describe("Fields of the record, by their keys.");

const ONE = "/module/v4/{moduleId}/records/{recordId}";
const EXAMPLE = { moduleId: "101", recordId: EXAMPLE_ID };

/** What can be asked about records of the modules that an account made for itself. */
export const customRecords: readonly Action<Settings>[] = [
  action({
    id: "record.create",
    title: "Create a record in a module of your own",
    description: "Makes a record; which fields it needs the module says.",
    effect: "creates",
    source: SOURCES.reference,
    method: "POST",
    path: "/module/v4/{moduleId}/records",
    input: { moduleId, fields, owner: Owner },
    spread: ["fields"],
    fill: { owner: "body" },
    gives: MADE,
    example: { input: { moduleId: EXAMPLE.moduleId, fields: { name: "Quay 4" } }, output: { id: EXAMPLE_ID } },
  }),
  action({
    id: "record.read",
    title: "Read a record in a module of your own",
    description: "Shows a record with all its fields.",
    effect: "reads",
    method: "GET",
    path: ONE,
    input: { moduleId, recordId },
    gives: one("record"),
    example: { input: EXAMPLE, output: { record: { id: 1588, name: "Quay 4" } } },
  }),
  update(),
  action({
    id: "record.delete",
    title: "Delete a record in a module of your own",
    description: "Takes a record away.",
    effect: "deletes",
    method: "DELETE",
    path: ONE,
    input: { moduleId, recordId },
    gives: DONE,
    example: { input: EXAMPLE, output: { succeeded: true } },
  }),
  action({
    id: "record.search",
    title: "Search a module of your own",
    description: "Finds records by their fields and times, up to 250 at a time.",
    effect: "reads",
    method: "POST",
    path: "/module/v4/records/search",
    input: { moduleId, module, ...SEARCH_INPUT },
    inQuery: ["rows", "from"],
    prepare: (input, settings) => {
      const { moduleId: id, module: prefix, ...conditions } = input;
      const searched = { prefix: String(prefix), name: String(prefix), id: Number(id) };
      return searchSent(searched, ["name", "createdAt", "lastModifiedAt"], conditions, settings);
    },
    gives: rows("records"),
    example: {
      input: { moduleId: EXAMPLE.moduleId, module: "site" },
      output: { records: [{ id: 1588, name: "Quay 4" }], total: 1, pages: 1 },
    },
  }),
];

/** As with all other records, name and owner are taken to be demanded each time. */
function update(): Action<Settings> {
  const changing = action({
    id: "record.update",
    title: "Change a record in a module of your own",
    description: "Changes what is given. Name and owner are read first, and given again.",
    effect: "changes",
    method: "PUT",
    path: ONE,
    input: { moduleId, recordId, fields, owner: Owner },
    spread: ["fields"],
    gives: DONE,
    example: { input: { ...EXAMPLE, fields: { city: "Porto" } }, output: { succeeded: true } },
  });
  return composed(changing, [...readsOf(changing), ...changing.calls], async (session, input) => {
    const row = await readRow(session, changing, input, "record");
    const { owner, ...named } = heldIn(row, ["owner", "name"]);
    return changing.run(session, { owner, ...input, fields: { ...named, ...Object(input.fields) } });
  });
}
