import { expect } from "vitest";
import { type Bag, idIn, type OperationWorld } from "../operationWorld.ts";
import { goneFor, type OperationCase, only, seenBy, shows } from "./cases.ts";

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
const _submitted = (_kind: "form" | "survey"): OperationCase => ({
  before: async ({ make }: OperationWorld) => make("contactId"),
  after: async ({ make }, _input, output) => {
    expect(output).toMatchObject({ submissions: [{ contactId: await make("contactId") }] });
  },
});

/** The location, what is set up in it, and what people sent in. */
export const PLACE: Readonly<Record<string, OperationCase>> = {
  "location.read": {
    after: async ({ emulator }, _input, output) =>
      expect(output).toMatchObject({ location: { id: emulator.location.id, timezone: emulator.location.timezone } }),
  },
  ...kept("customField", "customFieldId", { name: "Best colour", dataType: "NUMERICAL" }),
  ...listed("customField", "customFieldId"),
  "workflow.list": shows("workflowId"),
  "campaign.list": shows("campaignId"),
};
