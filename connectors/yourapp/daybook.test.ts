import { DAYBOOK, DAYBOOK_RECORDS, daybookWorld } from "../../test/daybook.ts";
import { describeChildren } from "../childConformance.ts";
import { describeConnector } from "../conformance.ts";
import { declaredConnector } from "./index.ts";

const connector = declaredConnector(DAYBOOK);
const makeWorld = daybookWorld;
const { sample, others, note, task, otherTask, appointment, otherVisit } = DAYBOOK_RECORDS;

const clearedAs = { "custom.wantsNews": false };
const access = { allowance: { app: { ...DAYBOOK, limits: [{ requests: 12, perMs: 5_000 }] } }, probe: () => "/people" };
describeConnector({ connector, makeWorld, sample, others, clearedAs, pageSize: 100, access });

const children = { connector, makeWorld, parents: [{ firstName: "Ana" }, { firstName: "Bo" }] } as const;
describeChildren({ ...children, resource: "note", sample: note, others: { body: "No." }, clearable: ["body"] });
const taskClears = ["title", "body", "dueAt", "priority"];
describeChildren({ ...children, resource: "task", sample: task, others: otherTask, clearable: taskClears });
const visitClears = ["title", "notes", "location", "state"];
describeChildren({
  ...children,
  resource: "appointment",
  sample: appointment,
  others: otherVisit,
  clearable: visitClears,
});
