import type { Book } from "./book.ts";
import { type Field, fullNameOf } from "./contact.ts";
import { createModule, type Module, type ModuleKind } from "./module.ts";
import type { WriteRules } from "./write.ts";

const text = (name: string, label: string): Field => ({ name, label, type: "Text" });

/** The states of a deal. Source: contract sheet, section 6. */
export const DEAL_STATUSES = ["Open", "Won", "Lost"] as const;

/** Deals. Pipeline, stage and status are names, not numbers. Source: contract sheet, section 6. */
export const DEALS: ModuleKind = {
  prefix: "deal",
  label: "Deal",
  id: 4,
  required: ["title", "primaryContact", "pipeline", "stage", "status"],
  calledBy: "title",
  firstId: 6_000_001,
  fields: [
    text("title", "Title"),
    { name: "primaryContact", label: "Primary Contact", type: "Link" },
    { name: "primaryCompany", label: "Primary Company", type: "Link" },
    text("pipeline", "Pipeline"),
    text("stage", "Stage"),
    { name: "status", label: "Status", type: "Select", options: DEAL_STATUSES },
    { name: "dealValue", label: "Deal Value", type: "Number" },
    text("currency", "Currency"),
    { name: "estimatedCloseDate", label: "Estimated Close Date", type: "Instant" },
    { name: "closedDate", label: "Closed Date", type: "Instant" },
    text("source", "Source"),
    text("priority", "Priority"),
    { name: "description", label: "Description", type: "TextArea" },
    text("tags", "Tags"),
    text("lostReason", "Lost Reason"),
    { name: "winProbability", label: "Win Probability", type: "Number" },
    { name: "selectCustomField1", label: "Channel", type: "Select", options: ["Fair", "Web", "Word of mouth"] },
  ],
};

/** A pipeline of the account with the names of its stages, first to last. */
export type DealPipeline = { readonly id: number; readonly name: string; readonly stages: readonly string[] };

const STAGES = ["New enquiry", "Talked", "Offer sent", "Agreed"];

/** The pipelines that every account begins with; the first two have the same stages. */
export const PIPELINES: readonly DealPipeline[] = [
  { id: 1, name: "Sales", stages: STAGES },
  { id: 2, name: "Renewals", stages: STAGES },
  { id: 3, name: "Partners", stages: ["Met", "Signed"] },
];

/** Makes an account's deals: none at first. A pipeline and a stage that are not there are refused. */
export function createDeals(
  rules: WriteRules,
  now: () => number,
  contacts: Pick<Book, "get">,
  companies: Pick<Module, "book" | "nameOf">,
): Module {
  const linkedName = (field: string, id: number): string | undefined => {
    const isCompany = field === "primaryCompany";
    const record = isCompany ? companies.book.get(id) : contacts.get(id);
    if (record === undefined || record.isDeleted) return undefined;
    return isCompany ? companies.nameOf(record) : fullNameOf(record);
  };
  return createModule(DEALS, rules, now, linkedName, ({ pipeline, stage }) => {
    const known = PIPELINES.find(({ name }) => name === pipeline);
    if (known === undefined) throw rules.refusals.invalid("Pipeline is not valid");
    if (!known.stages.some((name) => name === stage)) throw rules.refusals.invalid("Stage is not valid");
  });
}
