import { expect } from "vitest";
import { type Bag, firstId, idIn, type OperationWorld } from "../operationWorld.ts";
import { absentFrom, fills, goneFor, type OperationCase, only, seenBy, shows } from "./cases.ts";

/** The five operations on one kind of record of the location that is made, read, changed and deleted alike. */
function kept(kind: string, idName: string, changed: object): Readonly<Record<string, OperationCase>> {
  const one = (input: Bag) => only(input, idName);
  return {
    [`${kind}.create`]: seenBy(
      `${kind}.read`,
      (_input, output) => ({ [idName]: idIn(output, kind) }),
      (input) => ({ [kind]: only(input, Object.keys(input)[0] ?? "") }),
    ),
    [`${kind}.read`]: shows(idName),
    [`${kind}.update`]: seenBy(`${kind}.read`, one, () => ({ [kind]: changed })),
    [`${kind}.delete`]: goneFor(`${kind}.read`),
  };
}

const listed = (kind: string, idName: string) => ({ [`${kind}.list`]: shows(idName) });
/** Nobody fills in a form by the API: a visitor does, whose contact is found by e-mail. */
const submitted = (kind: "form" | "survey"): OperationCase => ({
  before: async ({ emulator, run, make }: OperationWorld) => {
    await make("contactId");
    const sheet = firstId(await run(`${kind}.list`), `${kind}s`);
    emulator.happenings.submit(kind, sheet, { email: "zoe@example.com", wish: "A pond" });
  },
  after: async ({ make }, _input, output) => {
    expect(output).toMatchObject({ submissions: [{ contactId: await make("contactId") }], meta: { total: 1 } });
  },
});

/** The location, what is set up in it, and what people sent in. */
export const PLACE: Readonly<Record<string, OperationCase>> = {
  "location.read": {
    after: async ({ emulator }, _input, output) =>
      expect(output).toMatchObject({ location: { id: emulator.location.id, timezone: emulator.location.timezone } }),
  },
  "location.search": {
    after: async ({ emulator }, _input, output) =>
      expect(output).toMatchObject({ locations: [{ id: emulator.location.id }] }),
  },
  "timezone.list": fills("timezones"),
  "template.list": fills("templates"),
  "template.delete": absentFrom("template.list", "templateId", () => ({ originId: "any" })),
  ...kept("tag", "tagId", { name: "client" }),
  ...listed("tag", "tagId"),
  ...kept("customField", "customFieldId", { name: "Best colour", dataType: "NUMERICAL" }),
  ...listed("customField", "customFieldId"),
  ...kept("customValue", "customValueId", { value: "8 to 16" }),
  ...listed("customValue", "customValueId"),
  ...kept("recurringTask", "recurringTaskId", { title: "Feed the fish" }),
  "workflow.list": shows("workflowId"),
  "campaign.list": shows("campaignId"),
  "form.list": fills("forms"),
  "formSubmission.list": submitted("form"),
  "survey.list": fills("surveys"),
  "surveySubmission.list": submitted("survey"),
};
