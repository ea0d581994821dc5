import { ROUTES } from "../../model/api/routes.ts";
import type { Decision, LinkView } from "../../model/api/views.ts";
import { Failure } from "../../model/errors.ts";
import type { Call } from "../client.ts";
import { Exit, type World } from "../world.ts";
import { workspaceId } from "./workspace.ts";

/** What `decide` is asked: exactly one of the four, beside which record and workspace. */
export interface DecideOptions {
  readonly workspace?: string;
  readonly same?: string;
  readonly different?: string;
  readonly new?: boolean;
  /** `field=side`, the side being `left`, `right` or what it is called. */
  readonly keep?: string;
  readonly json?: boolean;
}

const LOOK_AGAIN_MS = 500;
const LOOKS_MAX = 60;

/**
 * Settles what waits for a person, and says how it went.
 * @throws Exit 1 when it was carried out and failed
 * @throws Failure `misconfigured` when it is not one decision, else in the hub's words
 */
export async function decide(world: World, call: Call, linkId: string, options: DecideOptions): Promise<void> {
  const ids = { workspaceId: await workspaceId(call, options.workspace), linkId };
  const link = await call(ROUTES.link, { params: ids });
  const { key } = await call(ROUTES.decide, { params: ids, body: decisionOf(options, link) });
  const outcome = await outcomeOf(world, call, ids, key);
  world.print(options.json === true ? JSON.stringify(outcome, undefined, 2) : outcome.message);
  if (outcome.state === "failed") throw new Exit(1);
}

function decisionOf(options: DecideOptions, link: LinkView): Decision {
  const { same, different, keep } = options;
  const said: Decision[] = [
    ...(same === undefined ? [] : [{ kind: "same", other: same } as const]),
    ...(different === undefined ? [] : [{ kind: "different", other: different } as const]),
    ...(options.new === true ? [{ kind: "new" } as const] : []),
    ...(keep === undefined ? [] : [keepOf(keep, link)]),
  ];
  const [only, ...others] = said;
  if (only !== undefined && others.length === 0) return only;
  throw new Failure("misconfigured", "Say one of --same, --different, --new and --keep.");
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
interface Outcome {
  readonly state: "due" | "done" | "failed";
  readonly message: string;
}

/** Waits for the decision to be carried out, for half a minute at most. */
async function outcomeOf(
  world: World,
  call: Call,
  params: { readonly workspaceId: string; readonly linkId: string },
  key: string,
): Promise<Outcome> {
  for (let look = 0; look < LOOKS_MAX; look += 1) {
    const { state, error } = await call(ROUTES.due, { params: { ...params, key } });
    if (state === "failed") return { state, message: `It failed: ${error?.message ?? "without a reason."}` };
    if (state === "done") {
      const { history } = await call(ROUTES.link, { params });
      return { state, message: history[0]?.summary ?? "Done." };
    }
    await world.pause(LOOK_AGAIN_MS);
  }
  return { state: "due", message: "Taken. It is carried out as soon as the hub gets to it." };
}
