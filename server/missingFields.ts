import type { Clock, EngineStore, PartnerOf, Sync } from "../engine/ports.ts";
import type { MissingFieldView } from "../model/api/views.ts";
import { asFailure } from "../model/errors.ts";
import type { EngineDoor } from "./engineDoor.ts";

/** How long one answer about a sync stands, ms: pages ask far more often than fields come and go. */
const STANDS_MS = 60_000;
/** How long whoever asks waits for the partners, ms. */
const PATIENCE_MS = 2_000;

/** What the look at mappings stands on. */
export interface MissingFieldsOptions {
  readonly engine: Pick<EngineDoor, "missingFields">;
  readonly registry: { readonly partnerOf: PartnerOf };
  readonly store: Pick<EngineStore, "fieldWatch">;
  readonly clock: Clock;
}

/**
 * The fields that a sync's mapping names and a side never had; those that it had are findings of their own.
 * @returns `undefined` while it is not known: the sync is paused, or a partner can not be asked or is slow to answer.
 */
export type MissingFields = (sync: Sync) => Promise<readonly MissingFieldView[] | undefined>;

interface Look {
  readonly version: string;
  readonly startedAt: number;
  readonly answer: ReturnType<MissingFields>;
}

/** Asks once a minute per sync, and again once its configuration changed. */
export function createMissingFields({ engine, registry, store, clock }: MissingFieldsOptions): MissingFields {
  const looks = new Map<string, Look>();
  return async (sync) => {
    const name = `${sync.workspaceId}/${sync.id}`;
    const known = looks.get(name);
    // Pausing means that the partners are left alone.
    if (sync.isPaused) return undefined;
    const startedAt = clock.now();
    if (known?.version === sync.version && startedAt - known.startedAt < STANDS_MS) return known.answer;
    const asked = engine.missingFields(sync, registry.partnerOf, store).catch(unlessBug);
    const answer = soonOrNot(clock, asked);
    looks.set(name, { version: sync.version, startedAt, answer });
    return answer;
  };
}

/** A partner that can not be asked shows on its connection; it is no reason to fail here. */
function unlessBug(thrown: unknown): undefined {
  const failure = asFailure(thrown);
  if (failure.kind === "bug") throw failure;
}

function soonOrNot<Answer>(clock: Clock, answer: Promise<Answer>): Promise<Answer | undefined> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(PATIENCE_MS, () => resolve(undefined));
    answer.then(resolve, reject).finally(cancel);
  });
}

/** What is missing, in plain words, each with the connection that lacks it and what to do. Pure. */
export function missingWords(sync: Sync, missing: readonly MissingFieldView[]): string[] {
  return missing.map(
    ({ side, field }) =>
      `sync ${sync.id}: ${sync[side]} has no field ${field}, so its mapping row does nothing; correct or remove the row`,
  );
}
