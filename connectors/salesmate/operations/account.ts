import { z } from "zod";
import type { Action } from "../../../kit/index.ts";
import type { Settings } from "../settings.ts";
import { actionsOf, all, type Gives, one, SOURCES } from "./dialect.ts";

const action = actionsOf("Account");

const Text = z.string().optional();
const Id = z.union([z.number(), z.string()]);
const Named = z.looseObject({ id: Id.optional(), name: Text });
const User = z.looseObject({ id: Id, firstName: Text, lastName: Text, email: Text, timezone: Text });
const Field = z.looseObject({ fieldName: z.string(), displayName: Text, type: Text });
const MODULES = ["contact", "company", "deal", "product"] as const;

/** The fields of the modules that were met; others come along. */
const FIELDS: Gives = {
  output: Object.fromEntries(MODULES.map((module) => [module, z.array(Field).optional()])),
  of: (data) => data,
};

/** What can be asked about the account itself. */
export const account: readonly Action<Settings>[] = [
  action({
    id: "user.list",
    title: "List the users",
    description: "Shows who can own records, each with the time zone that searches are written in.",
    effect: "reads",
    method: "GET",
    path: "/core/v4/users",
    input: { status: z.enum(["active", "inactive"]).optional().describe("All where left out.") },
    gives: all("users", User),
    example: {
      input: { status: "active" },
      output: { users: [{ id: 2, firstName: "Hub", timezone: "Europe/London" }] },
    },
  }),
  action({
    id: "module.read",
    title: "Read a module",
    description: "Shows the number of a module by its internal name, also of one of your own.",
    effect: "reads",
    method: "GET",
    path: "/module/v4/modules/{module}",
    input: { module: z.string().regex(/^[A-Za-z]\w{0,99}$/, "must be the internal name of a module") },
    gives: one("module", Named),
    example: { input: { module: "deal" }, output: { module: { id: 4, name: "Deal" } } },
  }),
  action({
    id: "field.list",
    title: "List the fields",
    description: "Shows the fields of contacts, companies, deals and products, those of the account's own included.",
    effect: "reads",
    source: SOURCES.older,
    method: "GET",
    path: "/v3/fields/getAllVisibleFields",
    input: {},
    gives: FIELDS,
    example: { input: {}, output: { contact: [{ fieldName: "textCustomField1", displayName: "Favourite colour" }] } },
  }),
  action({
    id: "pipeline.list",
    title: "List the pipelines",
    description: "Shows the pipelines of deals with their stages.",
    effect: "reads",
    source: SOURCES.older,
    method: "GET",
    path: "/v3/apps/dealPipeline",
    input: {},
    gives: all("pipelines", z.union([z.string(), z.looseObject({})])),
    example: { input: {}, output: { pipelines: [{ id: 1, name: "Sales", stages: [{ id: 100, name: "Talked" }] }] } },
  }),
  action({
    id: "tag.list",
    title: "List the tags",
    description: "Shows every tag that anything carries.",
    effect: "reads",
    source: SOURCES.older,
    method: "GET",
    path: "/v1/tags",
    input: {},
    gives: all("tags", z.looseObject({ tag: z.string() })),
    example: { input: {}, output: { tags: [{ tag: "VIP" }] } },
  }),
  action({
    id: "currency.list",
    title: "List the currencies",
    description: "Shows the currencies that the account has.",
    effect: "reads",
    source: SOURCES.older,
    method: "GET",
    path: "/v3/lookups/active/currency",
    input: {},
    gives: all("currencies", z.looseObject({})),
    example: { input: {}, output: { currencies: [{ id: 1, code: "EUR" }] } },
  }),
  action({
    id: "activityType.list",
    title: "List the types of activities",
    description: "Shows what an activity can be: a task, a call, a meeting, or a type of the account's own.",
    effect: "reads",
    source: SOURCES.older,
    method: "GET",
    path: "/v1/activityTypes",
    input: {},
    gives: all("activityTypes", z.looseObject({ type: Text, name: Text })),
    example: { input: {}, output: { activityTypes: [{ id: 1, type: "Task" }] } },
  }),
];
