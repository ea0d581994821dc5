import type { Clock } from "../../engine/ports.ts";
import { actionOf, type CallRecord, checkedInput, type StoredCredential } from "../../kit/index.ts";
import type { AppTrial, AppTrialView } from "../../model/api/apps.ts";
import { type AppDeclaration, DECLARED_RESOURCES, type DeclaredOperation } from "../../model/declaration.ts";
import { Failure } from "../../model/errors.ts";
import type { ConnectionRow } from "../../store/port.ts";
import type { OpenConnection } from "../connections/index.ts";

/** What trying stands on. */
export interface TrialParts {
  readonly clock: Pick<Clock, "now">;
  /** Opens a connection that is stored nowhere. */
  readonly openTrial: (row: ConnectionRow, credential: StoredCredential) => OpenConnection;
}

/**
 * Runs one entry of an app's catalogue before the app is connected; nothing is stored. Of a record that is read the app's
 * own answer is told as well, so that a person sees where each field comes from.
 * @throws Failure what the app said; `rejected` for what can not be tried
 */
export async function tryApp(parts: TrialParts, workspaceId: string, trial: AppTrial): Promise<AppTrialView> {
  const { app, credential, operation, isWriting } = trial;
  if (app.signIn.kind === "oauth" && credential.kind === "consent") {
    throw new Failure("rejected", "Nobody has agreed at the app's page yet. Connect it, sign in, and try it then.");
  }
  const raw = rawRead(app, operation);
  const withRaw = raw === undefined ? app : { ...app, operations: [raw, ...app.operations] };
  const settings = { app: withRaw, writing: isWriting };
  const open = parts.openTrial(trialRow(workspaceId, app, settings, parts.clock.now()), credential);
  const startedAt = parts.clock.now();
  const calls: CallRecord[] = [];
  try {
    const action = actionOf(open.catalogue.entries, operation);
    if (action === undefined) throw new Failure("not_found", `${app.name} has no ${operation} that can be run.`);
    if (action.effect !== "reads" && !isWriting) {
      throw new Failure(
        "rejected",
        `${operation} changes something in ${app.name}, which was not asked for. Nothing was sent.`,
      );
    }
    const output = await open.catalogue.run(action, checkedInput(action, trial.input), calls);
    const answer = raw && (await rawAnswer(open, raw.id, trial.input, calls));
    const made = calls.map(({ method, path, status, ms }) => ({ method, path, status, ms }));
    return { output, ...(answer !== undefined && { raw: answer }), calls: made, ms: parts.clock.now() - startedAt };
  } finally {
    await open.close();
  }
}

function trialRow(workspaceId: string, app: AppDeclaration, settings: unknown, now: number): ConnectionRow {
  const health = { status: "unknown", message: "", since: now } as const;
  const rest = { isPaused: false, health, createdAt: now, isFromFile: false, baseUrls: {} };
  return { workspaceId, id: "trial", connectorId: "yourapp", name: app.name, settings, ...rest };
}

const RAW_ID = "trial.raw";

/** The request that reads a record, as an entry that hands the answer on as it is. */
function rawRead(app: AppDeclaration, operation: string): DeclaredOperation | undefined {
  const resource = DECLARED_RESOURCES.find((one) => operation === `${one}.read`);
  const path = resource && app.resources[resource]?.read.path;
  if (path === undefined) return undefined;
  const inputs = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => ({
    ...{ name, in: "path" as const, type: "string" as const, isRequired: true, description: "" },
  }));
  return {
    id: RAW_ID,
    title: "Read a record as it is",
    subject: "Trial",
    description: "",
    method: "GET",
    path,
    inputs,
    hasBody: false,
  };
}

async function rawAnswer(
  open: OpenConnection,
  id: string,
  input: Readonly<Record<string, unknown>>,
  calls: CallRecord[],
): Promise<unknown> {
  const action = actionOf(open.catalogue.entries, id);
  if (action === undefined) return undefined;
  const given = { id: input.id, parentId: input.contactId };
  const wanted = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const parsed = action.input.safeParse(wanted);
  const known = parsed.success ? wanted : { id: input.id };
  return open.catalogue.run(action, checkedInput(action, known), calls);
}
