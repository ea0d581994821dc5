import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, optional, Skip, Text, Time, upTo } from "./shapes.ts";

const workflowAction = actionsOf({
  subject: "Workflows and campaigns",
  module: "workflows",
  scopes: { reads: "workflows.readonly", writes: "workflows.readonly" },
});
const formAction = actionsOf({
  subject: "Forms and surveys",
  module: "forms",
  scopes: { reads: "forms.readonly", writes: "forms.write" },
});

const Named = z.object({ id: z.string(), name: Text, locationId: Text });
const State = Named.extend({ status: Text });
const Workflow = State.extend({ version: Count, createdAt: Time, updatedAt: Time });
const Submission = z.object({
  id: z.string(),
  contactId: Text,
  formId: Text,
  surveyId: Text,
  name: Text,
  email: Text,
  createdAt: Time,
  others: Anything,
});
const Page = z.object({ total: Count, currentPage: Count, nextPage: Count, prevPage: Count }).optional();

const LIST = {
  type: z.enum(["folder"]).optional().describe("Lists folders instead."),
  limit: upTo(50),
  skip: Skip,
};
const SUBMISSIONS = {
  q: optional("Part of a name, e-mail, phone or id."),
  startAt: optional("From this day on, as 2026-03-01."),
  endAt: optional("Up to this day, as 2026-03-31."),
  limit: upTo(100),
  page: z.int().min(1).optional().describe("Which page."),
};
const FORM = { id: "YSWdvS4Is98wtIDGnpmI", name: "Ask us", locationId: "ve9EPM428h8vShlRW1KT" };
const SUBMISSION = {
  id: "38303ec7-629a-49e2-888a-cf8bf0b1f97e",
  contactId: "ocQHyuzHvysMo5N5VsXc",
  name: "Ana Silva",
  email: "ana.silva@lisboa.example",
  createdAt: "2026-03-06T10:00:00.000Z",
};
const ONE_PAGE = { total: 1, currentPage: 1 };

/** Workflows and campaigns, to choose from. */
export const workflows = [
  workflowAction({
    id: "workflow.list",
    title: "List workflows",
    description: "Lists the workflows of the location.",
    effect: "reads",
    method: "GET",
    path: "/workflows/",
    input: {},
    fill: { locationId: "query" },
    output: { workflows: z.array(Workflow) },
    example: {
      input: {},
      output: {
        workflows: [{ id: "88e7ae2f-32b8-4c35-9f5a-27dbb3d9ff4e", name: "Welcome", status: "published", version: 1 }],
      },
    },
  }),
  workflowAction({
    id: "campaign.list",
    title: "List campaigns",
    description: "Lists the campaigns of the location.",
    effect: "reads",
    module: "campaigns",
    scopes: ["campaigns.readonly"],
    method: "GET",
    path: "/campaigns/",
    input: { status: z.enum(["draft", "published"]).optional().describe("Only those in this state.") },
    fill: { locationId: "query" },
    output: { campaigns: z.array(State) },
    example: {
      input: { status: "published" },
      output: { campaigns: [{ id: "CiJ3IQdJ5tXzVVcmyVSQ", name: "Spring", status: "published" }] },
    },
  }),
];

/** Forms and surveys, and what was answered. */
export const forms = [
  formAction({
    id: "form.list",
    title: "List forms",
    description: "Lists the forms of the location.",
    effect: "reads",
    method: "GET",
    path: "/forms/",
    input: LIST,
    fill: { locationId: "query" },
    output: { forms: z.array(Named), total: Count },
    example: { input: { limit: 20 }, output: { forms: [FORM], total: 1 } },
  }),
  formAction({
    id: "formSubmission.list",
    title: "List submissions of forms",
    description: "Lists what people sent in forms, the newest first.",
    effect: "reads",
    method: "GET",
    path: "/forms/submissions",
    input: { formId: optional("Only of this form."), ...SUBMISSIONS },
    fill: { locationId: "query" },
    output: { submissions: z.array(Submission), meta: Page },
    example: {
      input: { limit: 20 },
      output: { submissions: [{ ...SUBMISSION, formId: FORM.id }], meta: ONE_PAGE },
    },
  }),
  formAction({
    id: "survey.list",
    title: "List surveys",
    description: "Lists the surveys of the location.",
    effect: "reads",
    module: "surveys",
    scopes: ["surveys.readonly"],
    method: "GET",
    path: "/surveys/",
    input: LIST,
    fill: { locationId: "query" },
    output: { surveys: z.array(Named), total: Count },
    example: { input: { limit: 20 }, output: { surveys: [{ ...FORM, name: "How was it?" }], total: 1 } },
  }),
  formAction({
    id: "surveySubmission.list",
    title: "List submissions of surveys",
    description: "Lists what people answered in surveys, the newest first.",
    effect: "reads",
    module: "surveys",
    scopes: ["surveys.readonly"],
    method: "GET",
    path: "/surveys/submissions",
    input: { surveyId: optional("Only of this survey."), ...SUBMISSIONS },
    fill: { locationId: "query" },
    output: { submissions: z.array(Submission), meta: Page },
    example: {
      input: { limit: 20 },
      output: { submissions: [{ ...SUBMISSION, surveyId: FORM.id }], meta: ONE_PAGE },
    },
  }),
];
