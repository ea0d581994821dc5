import { type Answered, answered, answerText, joinedWords, type Others, TAKEN } from "../../model/answers.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type { Decision, LinkView } from "../../model/api/views.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import { Exit, type World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `decide` is asked: exactly one of the six, beside which record and workspace. */
export interface DecideOptions {
  readonly workspace?: string;
  readonly same?: string;
  readonly different?: string;
  readonly new?: boolean;
  readonly alone?: boolean;
  readonly notAlone?: boolean;
  /** `field=side`, the side being `left`, `right` or what it is called. */
  readonly keep?: string;
  readonly json?: boolean;
}

const LOOK_AGAIN_MS = 500;
const LOOKS_MAX = 60;

/**
 * Settles what waits for a person, and says what was done and what follows from it.
 * @throws Exit 1 when it was carried out and failed
 * @throws Failure `misconfigured` when it is not one decision, else in the hub's words
 */
export async function decide(world: World, call: Call, linkId: string, options: DecideOptions): Promise<void> {
  const ids = { workspaceId: await workspaceId(call, options.workspace), linkId };
  const link = await call(ROUTES.link, { params: ids });
  if (link.id !== linkId) throw new Failure("conflict", `${joinedWords(link)} Its id is ${link.id} now.`);
  const decision = decisionOf(options, link);
  const taken = await call(ROUTES.decide, { params: ids, body: decision });
  const outcome = await outcomeOf(world, call, link, decision, { ...taken, workspaceId: ids.workspaceId });
  world.print(options.json === true ? JSON.stringify(outcome, undefined, 2) : outcome.message);
  if (outcome.state === "failed") throw new Exit(1);
}

function decisionOf(options: DecideOptions, link: LinkView): Decision {
  const { same, different, keep } = options;
  const said: Decision[] = [
    ...(same === undefined ? [] : [{ kind: "same", other: same } as const]),
    ...(different === undefined ? [] : [{ kind: "different", other: different } as const]),
    ...(options.new === true ? [{ kind: "new" } as const] : []),
    ...(options.alone === true ? [{ kind: "alone" } as const] : []),
    ...(options.notAlone === true ? [{ kind: "notAlone" } as const] : []),
    ...(keep === undefined ? [] : [keepOf(keep, link)]),
  ];
  const [only, ...others] = said;
  if (only !== undefined && others.length === 0) return only;
  throw new Failure("misconfigured", "Say one of --same, --different, --new, --alone, --not-alone and --keep.");
}

function keepOf(text: string, { leftName, rightName }: LinkView): Decision {
  const at = text.lastIndexOf("=");
  const [field, said] = [text.slice(0, at), text.slice(at + 1).toLowerCase()];
  const sides = [
    { side: "left", names: ["left", leftName.toLowerCase()] },
    { side: "right", names: ["right", rightName.toLowerCase()] },
  ] as const;
  const found = sides.find(({ names }) => names.includes(said));
  if (at > 0 && found !== undefined) return { kind: "keep", field, side: found.side };
  throw new Failure("misconfigured", `Say whose value counts, such as --keep city=${leftName} or city=${rightName}.`);
}

/** How a decision went. */
interface Outcome extends Partial<Answered> {
  readonly state: "due" | "done" | "failed";
  readonly message: string;
}

/** Work that the hub has taken on for a decision. */
interface Taken {
  readonly workspaceId: string;
  readonly key: string;
  readonly next: string;
  readonly others: readonly { readonly linkId: string; readonly key: string }[];
}

/** Waits for the decision to be carried out, and for what hangs together with it. */
async function outcomeOf(
  world: World,
  call: Call,
  before: LinkView,
  decision: Decision,
  taken: Taken,
): Promise<Outcome> {
  const { state, error } = await followed(world, call, taken, taken.key);
  if (state === "failed") return { state, message: `It failed: ${error?.message ?? "without a reason."}` };
  if (state === "due") return { state, message: TAKEN };
  for (const key of [taken.next, ...taken.others.map((other) => other.key)]) await followed(world, call, taken, key);
  const params = { workspaceId: taken.workspaceId, linkId: before.id };
  const outcome = answered(
    decision,
    before,
    await call(ROUTES.link, { params }),
    await countOthers(call, before.id, taken),
  );
  return { state, ...outcome, message: answerText(outcome) };
}

/** How work stands that was taken on, once it is not due any more; after half a minute at most. */
async function followed(world: World, call: Call, { workspaceId }: Pick<Taken, "workspaceId">, key: string) {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const view = await call(ROUTES.due, { params: { workspaceId, key } });
    // What has failed once is tried again later; nobody need wait for that.
    if (view.state !== "due" || view.error !== undefined) return view;
    await world.pause(LOOK_AGAIN_MS);
  }
  return { state: "due", error: undefined } as const;
}

async function countOthers(call: Call, own: string, { workspaceId, others }: Taken): Promise<Others> {
  const links = await Promise.all(others.map(({ linkId }) => call(ROUTES.link, { params: { workspaceId, linkId } })));
  // One that went into the record that was answered is the answer, and no question beside it.
  const beside = links.filter(({ id }) => id !== own);
  const waiting = beside.filter(({ state }) => state === "ambiguous").length;
  return { settled: beside.length - waiting, waiting };
}
