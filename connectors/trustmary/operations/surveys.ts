import { z } from "zod";
import { actionsOf, SOURCES } from "./dialect.ts";

const surveyAction = actionsOf("Surveys");
const automationAction = actionsOf("Automations");

const Text = z.string().optional();
const Offset = z.int().min(0).optional().describe("How many to skip; a page holds 1,000.");
const Survey = z.looseObject({ id: z.string(), name: Text, type: Text, count: z.number().optional() });
const SURVEY = { id: "svDemo1", name: "After the sale", type: "customer", count: 3 };
const surveyId = z.string().min(1).describe("Id of the survey.");
const Answer = z.looseObject({ answer_id: z.string(), survey_id: Text, created_at: Text });
const AutomationId = z.string().min(1).describe("Id of the automation; it must be active.");

/** What can be asked about surveys, what was answered, and what sends them. */
export const surveys = [
  surveyAction({
    id: "survey.list",
    title: "List the surveys",
    description: "Lists the surveys of the organisation with how often each was answered.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/surveys",
    input: { type: z.enum(["customer", "employee", "embed"]).optional(), offset: Offset },
    output: { surveys: z.array(Survey) },
    bare: "surveys",
    example: { input: {}, output: { surveys: [SURVEY] } },
  }),
  surveyAction({
    id: "survey.read",
    title: "Read a survey",
    description: "Shows one survey.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/survey/{surveyId}",
    input: { surveyId },
    output: { survey: Survey },
    bare: "survey",
    example: { input: { surveyId: SURVEY.id }, output: { survey: SURVEY } },
  }),
  surveyAction({
    id: "answer.list",
    title: "List the answers to a survey",
    description: "Lists what was answered, with who answered where that is known.",
    effect: "reads",
    source: SOURCES.reference,
    method: "GET",
    path: "/survey/{surveyId}/responses",
    input: { surveyId, offset: Offset },
    output: { responses: z.array(Answer) },
    bare: "responses",
    example: {
      input: { surveyId: SURVEY.id },
      output: { responses: [{ answer_id: "anDemo1", survey_id: SURVEY.id, created_at: "2026-05-04T08:00:00.000Z" }] },
    },
  }),
  automationAction({
    id: "automation.list",
    title: "List the automations",
    description: "Lists what sends surveys and messages by itself.",
    effect: "reads",
    source: SOURCES.automations,
    method: "GET",
    path: "/automations",
    input: {},
    output: { automations: z.array(z.looseObject({ id: z.string(), name: Text, status: Text })) },
    example: { input: {}, output: { automations: [{ id: "autDemo1", name: "After a sale", status: "active" }] } },
  }),
  automationAction({
    id: "automation.trigger",
    title: "Start an automation for a contact",
    description: "Starts an automation, which may send a survey to the contact: this is how somebody is invited.",
    effect: "creates",
    source: SOURCES.automations,
    method: "POST",
    path: "/automations/{automationId}/trigger",
    spread: ["customFields"],
    input: {
      automationId: AutomationId,
      email: z.email().describe("E-mail of a contact."),
      customFields: z
        .record(z.string().regex(/^field_/), z.string())
        .optional()
        .describe("By name: field_plan."),
    },
    output: { action: Text },
    example: {
      input: { automationId: "autDemo1", email: "mia@example.com" },
      output: { action: "TRIGGER_AUTOMATION" },
    },
  }),
];
