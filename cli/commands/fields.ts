import type { FieldChoiceView } from "../../model/api/fields.ts";
import { ROUTES } from "../../model/api/routes.ts";
import { Failure } from "../../model/errors.ts";
import type { FieldAnswer } from "../../model/fieldFindings.ts";
import { answerWords, concernWords, findingWords } from "../../model/fieldWords.ts";
import { type SideNames, sideNames } from "../../model/sideNames.ts";
import type { Call } from "../client.ts";
import type { World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `fields` is asked: nothing beside the sync to list, else a field with exactly one of the three answers. */
export interface FieldsOptions {
  readonly workspace?: string;
  readonly leaveOut?: boolean;
  /** The key of the field that takes its place; its own to take it as it is now. */
  readonly mapTo?: string;
  readonly again?: boolean;
  /** Make the custom fields that a side could have for what the other side tells. */
  readonly make?: boolean;
  /** Needed only where both sides have a finding about a field of this key. */
  readonly side?: string;
  readonly json?: boolean;
}

/**
 * Lists the mapped custom fields of a sync that are not what they were, or answers about one.
 * @throws Failure `misconfigured` when it is not one answer about one field, else in the hub's words
 */
export async function fields(
  world: World,
  call: Call,
  [syncId, field]: readonly [syncId: string, field: string | undefined],
  options: FieldsOptions,
): Promise<void> {
  const params = { workspaceId: await workspaceId(call, options.workspace), syncId };
  if (options.make === true) return makeFields(world, call, params, options);
  const findings = await call(ROUTES.fieldFindings, { params });
  const answers = answersIn(options);
  if (field === undefined && answers.length === 0) {
    const overview = await call(ROUTES.overview, { params });
    const sync = overview.syncs.find(({ id }) => id === syncId);
    const names = sync === undefined ? { left: "left", right: "right" } : sideNames(sync, overview.connections);
    if (options.json === true) world.print(JSON.stringify(findings, undefined, 2));
    else for (const line of linesOf(findings, names)) world.print(line);
    return;
  }
  const [kind, ...more] = answers;
  if (field === undefined || kind === undefined || more.length > 0) {
    throw new Failure("misconfigured", "Name one field, and say one of --leave-out, --map-to and --again.");
  }
  const finding = findingOf(findings, field, options.side);
  const body = answerOf(kind, finding, options.mapTo ?? "");
  const taken = await call(ROUTES.answerField, { params, body });
  const to = finding.choices.find((choice) => choice.field === options.mapTo)?.label ?? "";
  world.print(options.json === true ? JSON.stringify(taken) : answerWords(body, finding.label, to));
}

async function makeFields(
  world: World,
  call: Call,
  params: { readonly workspaceId: string; readonly syncId: string },
  { json }: FieldsOptions,
): Promise<void> {
  const made = await call(ROUTES.makeFields, { params });
  if (json === true) world.print(JSON.stringify(made, undefined, 2));
  else if (made.length === 0) world.print("No field is missing for what the other side tells.");
  else for (const { name, side } of made) world.print(`Made "${name}" on the ${side}.`);
}

type Kind = FieldAnswer["kind"];

function answersIn({ leaveOut, mapTo, again }: FieldsOptions): readonly Kind[] {
  return [
    ...(leaveOut === true ? (["leaveOut"] as const) : []),
    ...(mapTo === undefined ? [] : (["mapTo"] as const)),
    ...(again === true ? (["again"] as const) : []),
  ];
}

function findingOf(findings: readonly FieldChoiceView[], field: string, side: string | undefined): FieldChoiceView {
  const named = findings.filter((finding) => finding.field === field && (side === undefined || finding.side === side));
  const [only, ...others] = named;
  if (only !== undefined && others.length === 0) return only;
  const why =
    only === undefined ? `There is nothing to answer about ${field}.` : "Say which one: --side left or right.";
  throw new Failure("misconfigured", why);
}

function answerOf(kind: Kind, { side, field }: FieldChoiceView, to: string): FieldAnswer {
  return kind === "mapTo" ? { kind, side, field, to } : { kind, side, field };
}

function linesOf(findings: readonly FieldChoiceView[], names: SideNames): readonly string[] {
  if (findings.length === 0) return ["Every field that is kept in step is what it was."];
  return findings.flatMap((finding) => [
    `${finding.field}: ${findingWords(finding, names)} ${concernWords(finding)}`,
    ...finding.choices.filter(({ isSuggested }) => isSuggested).map(({ field }) => `  suggested: --map-to ${field}`),
  ]);
}
