import { DAYBOOK, daybookWorld } from "../../test/daybook.ts";
import { describeChildren } from "../childConformance.ts";
import { describeConnector } from "../conformance.ts";
import { declaredConnector } from "./index.ts";

const connector = declaredConnector(DAYBOOK);
const makeWorld = daybookWorld;

const sample = {
  ...{ firstName: "Zoë", lastName: "van der Berg", email: "Zoe@example.com", phone: "+12015550123", city: "Porto" },
  ...{
    companyName: "Tiles",
    tags: ["Customer", "VIP"],
    addressLine1: "12 Harbour Lane",
    state: "Norte",
    country: "PT",
  },
  ...{ postalCode: "4000-001", dateOfBirth: "1990-05-01", description: "Met at the fair.\nLikes tiles." },
  ...{ "custom.loyaltyTier": "gold", "custom.wantsNews": true },
};
const others = {
  ...{ firstName: "Ana", lastName: "Silva", email: "ana@example.com", phone: "+12015550126", city: "Lisboa" },
  ...{ companyName: "Bricks", tags: ["VIP", "Partner"], addressLine1: "1 Hill Road", state: "Lisboa", country: "ES" },
  ...{ postalCode: "1000-001", dateOfBirth: "1991-06-02", description: "Other words." },
  ...{ "custom.loyaltyTier": "silver", "custom.wantsNews": false },
};
const clearedAs = { "custom.wantsNews": false };
const access = { allowance: { app: { ...DAYBOOK, limits: [{ requests: 12, perMs: 5_000 }] } }, probe: () => "/people" };
describeConnector({ connector, makeWorld, sample, others, clearedAs, pageSize: 100, access });

const at = {
  dueAt: "2026-05-06T12:00:00.000Z",
  startsAt: "2026-05-06T12:00:00.000Z",
  endsAt: "2026-05-06T13:00:00.000Z",
};
const { dueAt, ...visit } = at;
const task = { title: "Call back", body: "About the roof.", dueAt, isCompleted: true, priority: "high" };
const otherTask = { ...task, title: "Write", body: "Other.", dueAt: at.endsAt, isCompleted: false, priority: "low" };
const appointment = { title: "Visit", notes: "Bring samples.", location: "Hall", state: "confirmed", ...visit };
const otherVisit = {
  title: "Call",
  notes: "No.",
  location: "Phone",
  state: "cancelled",
  startsAt: at.endsAt,
  endsAt: dueAt,
};
const children = { connector, makeWorld, parents: [{ firstName: "Ana" }, { firstName: "Bo" }] } as const;
const note = { body: "<p>Likes <b>wood</b>.</p>" };
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
