import { keyText } from "../../../engine/index.ts";
import type { Sync } from "../../../engine/ports.ts";
import { PRIORITIES } from "../../../kit/http.ts";
import type { FieldChoiceView } from "../../../model/api/fields.ts";
import { Failure } from "../../../model/errors.ts";
import type { FieldAnswer } from "../../../model/fieldFindings.ts";
import type { Side } from "../../../model/record.ts";
import { type WantedField, wantedFields } from "../../wantedFields.ts";
import type { Handlers } from "../serveRoute.ts";
import type { HandlerParts } from "./parts.ts";
import { syncOf } from "./syncs.ts";

/** Mapped custom fields that are not what they were: what there is to choose, and a person's choice. */
export function fieldHandlers(
  parts: HandlerParts,
): Pick<Handlers, "fieldFindings" | "answerField" | "wantedFields" | "makeFields"> {
  const { store, engine, registry, clock, lanes } = parts;
  return {
    fieldFindings: async ({ params: { workspaceId, syncId } }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      return [...(await engine.fieldChoices(sync, registry.partnerOf, store))];
    },
    answerField: async ({ params: { workspaceId, syncId }, body }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      const findings = await engine.fieldChoices(sync, registry.partnerOf, store);
      const finding = findings.find(({ side, field }) => side === body.side && field === body.field);
      const whyNot = finding === undefined ? GOES_ON : whyNotAnswered(finding, body);
      if (whyNot !== undefined) throw new Failure("conflict", whyNot);
      const key = keyText(keyOf(syncId, body));
      const mark = { priority: PRIORITIES.live, dueAt: clock.now(), reason: "person" } as const;
      await store.mark(workspaceId, [{ key, syncId, ...mark }]);
      lanes.wake(workspaceId);
      return { key };
    },
    wantedFields: async ({ params: { workspaceId, syncId } }) => [
      ...(await offered(parts, await syncOf(parts, workspaceId, syncId))),
    ],
    makeFields: async ({ params: { workspaceId, syncId } }) => {
      const sync = await syncOf(parts, workspaceId, syncId);
      const wanted = await offered(parts, sync);
      for (const { side, name, type } of wanted) await makerOf(parts, sync, side)?.({ name, type });
      return [...wanted];
    },
  };
}

/** The custom fields that either side of a sync of contacts could have. Looks at what is there now. */
async function offered(parts: HandlerParts, sync: Sync): Promise<readonly WantedField[]> {
  if (sync.resource !== "contact" || !sync.hasStockMapping) return [];
  const { registry, clock } = parts;
  const read = (side: Side) => {
    const partner = registry.partnerOf(sync.workspaceId, sync[side], sync.resource);
    return partner.describe({ priority: PRIORITIES.live, calls: [] }, clock.now());
  };
  const [left, right] = await Promise.all([read("left"), read("right")]);
  const canMake = (side: Side) => makerOf(parts, sync, side) !== undefined;
  return wantedFields({ left, right }, { left: canMake("left"), right: canMake("right") });
}

function makerOf({ registry }: HandlerParts, sync: Sync, side: Side) {
  return registry.find(sync.workspaceId, sync[side])?.fieldMaker(sync.resource);
}

const GOES_ON = "The field is what it was, or is not kept in step any more: there is nothing left to answer.";

/** Why an answer does not apply; `undefined` when it does. */
function whyNotAnswered({ label, change, choices }: FieldChoiceView, answer: FieldAnswer): string | undefined {
  if (answer.kind !== "mapTo") return undefined;
  if (answer.to === answer.field) {
    return change === "gone" ? `${label} is not there, so that it cannot be taken as it is.` : undefined;
  }
  if (choices.length === 0) {
    return `${label} is one of several fields of its row, or its side has no other: correct the row in the workspace file.`;
  }
  const isFree = choices.some(({ field }) => field === answer.to);
  return isFree ? undefined : `There is no field ${answer.to} that could take the place of ${label}.`;
}

function keyOf(syncId: string, answer: FieldAnswer) {
  const { side, field } = answer;
  switch (answer.kind) {
    case "leaveOut":
      return { kind: "fieldOut", syncId, side, field } as const;
    case "again":
      return { kind: "fieldAgain", syncId, side, field } as const;
    case "mapTo":
      return { kind: "fieldTo", syncId, side, to: answer.to, field } as const;
    default:
      return answer satisfies never;
  }
}
