import type { QueryClient } from "@tanstack/react-query";
import { type Answered, answered, type Others } from "../../model/answers.ts";
import type { KeptRecord } from "../../model/api/kept.ts";
import { ROUTES } from "../../model/api/routes.ts";
import type {
  Decision,
  LinkView,
  OverviewView,
  SandboxAnswer,
  SandboxChild,
  SandboxChildKind,
  SandboxContact,
  SyncView,
  ValueView,
} from "../../model/api/views.ts";
import type { FieldAnswer } from "../../model/fieldFindings.ts";
import { answerWords } from "../../model/fieldWords.ts";
import { MODE_WORDS } from "../../model/startWords.ts";
import type { StartMode } from "../../model/sync.ts";
import { lookedAt, TAKEN, TAKEN_WHILE_PAUSED } from "../text/decisions.ts";
import { sweepOutcome, sweepsEnded } from "../text/sweeps.ts";
import { HubProblem } from "./client.ts";
import { follow, type Pause } from "./follow.ts";
import { keys, type SandboxPartner } from "./keys.ts";
import { type Hub, linkQuery, overviewQuery } from "./queries.ts";

const SWEEP_LOOK_MS = 600;
const SWEEP_PATIENCE_MS = 60_000;

/**
 * What changes the hub. Each names what it makes stale; those with a sentence to say resolve with it.
 */
export function createActs({ call, workspaceId }: Hub, client: QueryClient, pause: Pause) {
  const refresh = (queryKey: readonly unknown[]): Promise<void> => client.invalidateQueries({ queryKey });
  const isPaused = (syncId: string): boolean => {
    const overview = client.getQueryData<OverviewView>(keys.overview(workspaceId));
    return overview?.syncs.some((sync) => sync.id === syncId && sync.phase === "paused") === true;
  };
  /** Follows work on a link to its end. @returns what `done` says, else that it was taken on. @throws HubProblem */
  const followed = async <Said>(
    link: LinkView,
    key: string,
    said: { readonly taken: (words: string) => Said; readonly done: () => Promise<Said> },
  ): Promise<Said> => {
    if (isPaused(link.syncId)) return said.taken(TAKEN_WHILE_PAUSED);
    try {
      if ((await follow({ call, workspaceId }, key, pause)) === "waiting") return said.taken(TAKEN);
      return await said.done();
    } finally {
      await Promise.all([refresh(keys.links(workspaceId)), refresh(keys.overview(workspaceId))]);
    }
  };
  const readAnew = (linkId: string): Promise<LinkView | undefined> =>
    client.fetchQuery({ ...linkQuery({ call, workspaceId }, linkId), staleTime: 0, retry: false }).catch(unlessGone);
  /** Waits for what an answer makes due beside itself; what takes longer, or fails, tells of itself elsewhere. */
  const settled = async (keysDue: readonly string[]): Promise<void> => {
    await Promise.allSettled(keysDue.map((key) => follow({ call, workspaceId }, key, pause)));
  };
  const countOthers = async (own: string, linkIds: readonly string[]): Promise<Others> => {
    const links = (await Promise.all(linkIds.map(readAnew))).flatMap((link) => link ?? []);
    // One that went into the record that was answered is the answer, and no question beside it.
    const beside = links.filter(({ id }) => id !== own);
    const waiting = beside.filter(({ state }) => state === "ambiguous").length;
    return { settled: beside.length - waiting, waiting };
  };
  return {
    async checkConnection(connectionId: string): Promise<string> {
      const { message, status } = await call(ROUTES.checkConnection, { params: { workspaceId, connectionId } });
      await Promise.all([refresh(keys.overview(workspaceId)), refresh(keys.connections(workspaceId))]);
      return message !== "" ? message : status === "working" ? "It works." : "It does not work.";
    },
    async pauseWorkspace(isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseWorkspace, { params: { workspaceId }, body: { isPaused } });
      await refresh(keys.overview(workspaceId));
      return "";
    },
    async pauseConnection(connectionId: string, isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseConnection, { params: { workspaceId, connectionId }, body: { isPaused } });
      await Promise.all([refresh(keys.overview(workspaceId)), refresh(keys.connections(workspaceId))]);
      return "";
    },
    async pauseSync(syncId: string, isPaused: boolean): Promise<string> {
      await call(ROUTES.pauseSync, { params: { workspaceId, syncId }, body: { isPaused } });
      await refresh(keys.overview(workspaceId));
      return "";
    },
    /** Compares both sides in full, and tells how it ended; after a while, that it goes on. @throws HubProblem */
    async sweepSync(sync: SyncView): Promise<string> {
      await call(ROUTES.sweepSync, { params: { workspaceId, syncId: sync.id } });
      if (sync.phase === "paused") return TAKEN_WHILE_PAUSED;
      for (let waitedMs = 0; waitedMs < SWEEP_PATIENCE_MS; waitedMs += SWEEP_LOOK_MS) {
        await pause(SWEEP_LOOK_MS);
        const overview = await client.fetchQuery({ ...overviewQuery({ call, workspaceId }), staleTime: 0 });
        const now = overview.syncs.find(({ id }) => id === sync.id);
        if (now !== undefined && sweepsEnded(sync, now)) return sweepOutcome(now, overview.due);
      }
      return "Both sides are still being read. The time below changes when it is done.";
    },
    /** Starts a sync that waits for it, and tells how it went. @throws HubProblem */
    async beginSync(syncId: string, mode: StartMode): Promise<string> {
      const start = await call(ROUTES.beginSync, { params: { workspaceId, syncId }, body: { mode } });
      await Promise.all([refresh(keys.overview(workspaceId)), refresh(keys.preview(workspaceId))]);
      if (!start.isNew) return `It was started before: ${MODE_WORDS[start.mode].name.toLowerCase()}.`;
      return isPaused(syncId) ? "It starts when you resume it." : "Starting.";
    },
    /** Says what becomes of a field that is not what it was, and tells once that is carried out. @throws HubProblem */
    async answerField(
      syncId: string,
      answer: FieldAnswer,
      { label, toLabel }: { readonly label: string; readonly toLabel: string },
    ): Promise<string> {
      const { key } = await call(ROUTES.answerField, { params: { workspaceId, syncId }, body: answer });
      if (isPaused(syncId)) return TAKEN_WHILE_PAUSED;
      try {
        if ((await follow({ call, workspaceId }, key, pause)) === "waiting") return TAKEN;
        return answerWords(answer, label, toLabel);
      } finally {
        await Promise.all([refresh(keys.fields(workspaceId)), refresh(keys.overview(workspaceId))]);
      }
    },
    /** Makes the custom fields that are offered, and tells which. @throws HubProblem */
    async makeFields(syncId: string): Promise<string> {
      const made = await call(ROUTES.makeFields, { params: { workspaceId, syncId } });
      await Promise.all([refresh(keys.wantedFields(workspaceId, syncId)), refresh(keys.preview(workspaceId))]);
      return made.length === 0 ? "They are there already." : "Made. They are filled from now on.";
    },
    async allowDeletions(syncId: string): Promise<string> {
      await call(ROUTES.allowDeletions, { params: { workspaceId, syncId } });
      await refresh(keys.overview(workspaceId));
      return "They are being carried out.";
    },
    async retry(troubleKeys?: readonly string[]): Promise<string> {
      const body = troubleKeys === undefined ? {} : { keys: [...troubleKeys] };
      const { count } = await call(ROUTES.retry, { params: { workspaceId }, body });
      await Promise.all([refresh(keys.troubles(workspaceId)), refresh(keys.overview(workspaceId))]);
      return count === 0 ? "Nothing left to try." : "Trying again.";
    },
    /** Reads both sides of a link now, and tells what came of it. @throws HubProblem */
    async reconcileLink(link: LinkView): Promise<string> {
      const { key } = await call(ROUTES.reconcileLink, { params: { workspaceId, linkId: link.id } });
      return followed(link, key, {
        taken: (words) => words,
        done: async () => lookedAt(link, await readAnew(link.id)),
      });
    },
    /** Settles what waits for a person, and tells what came of it. @throws HubProblem when it does not apply or failed */
    async decide(link: LinkView, decision: Decision): Promise<Settled> {
      const taken = await call(ROUTES.decide, { params: { workspaceId, linkId: link.id }, body: decision }).catch(
        async (thrown: unknown) => {
          // What does not apply any more was settled meanwhile: the page shows how.
          await readAnew(link.id);
          throw thrown;
        },
      );
      return followed(link, taken.key, {
        taken: (title) => ({ answer: { isDone: true, title, follows: [] }, others: NO_OTHERS }),
        done: async () => {
          await settled([taken.next, ...taken.others.map((other) => other.key)]);
          const others = await countOthers(
            link.id,
            taken.others.map(({ linkId }) => linkId),
          );
          return { answer: answered(decision, link, await readAnew(link.id), others), others };
        },
      });
    },
  };
}

/** What came of a decision, for the record itself and for what hung together with it. */
export interface Settled {
  readonly answer: Answered;
  readonly others: Others;
}

const NO_OTHERS: Others = { settled: 0, waiting: 0 };

/** A link that is gone is an answer; anything else is not. */
function unlessGone(thrown: unknown): undefined {
  if (thrown instanceof HubProblem && thrown.status === 404) return undefined;
  throw thrown;
}

export type Acts = ReturnType<typeof createActs>;

/** Field values of a contact in the sandbox; an empty one clears the field. */
export type SandboxFields = Readonly<Record<string, ValueView>>;

/** Field values of a note, task or appointment in the sandbox; an empty one clears the field. */
export type SandboxTexts = Readonly<Record<string, string>>;

/** What a person does inside an emulated partner. */
export function createSandboxActs({ call }: Hub, client: QueryClient) {
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: keys.sandbox() });
  return {
    async create(partner: SandboxPartner, fields: SandboxFields): Promise<SandboxContact> {
      const made = await call(ROUTES.createSandboxContact, { params: { partner }, body: { fields } });
      void refresh();
      return made;
    },
    async edit(partner: SandboxPartner, id: string, fields: SandboxFields): Promise<SandboxContact> {
      const edited = await call(ROUTES.editSandboxContact, { params: { partner, id }, body: { fields } });
      void refresh();
      return edited;
    },
    async remove(partner: SandboxPartner, id: string): Promise<void> {
      await call(ROUTES.deleteSandboxContact, { params: { partner, id } });
      void refresh();
    },
    async answer(contactId: string, answer: SandboxAnswer): Promise<string> {
      const { id } = await call(ROUTES.answerSandboxSurvey, { params: { id: contactId }, body: answer });
      void refresh();
      return id;
    },
    async createChild(
      partner: SandboxPartner,
      kind: SandboxChildKind,
      contactId: string,
      fields: SandboxTexts,
    ): Promise<SandboxChild> {
      const made = await call(ROUTES.createSandboxChild, {
        params: { partner, kind, id: contactId },
        body: { fields },
      });
      void refresh();
      return made;
    },
    async editChild(
      partner: SandboxPartner,
      kind: SandboxChildKind,
      id: string,
      fields: SandboxTexts,
    ): Promise<SandboxChild> {
      const edited = await call(ROUTES.editSandboxChild, { params: { partner, kind, id }, body: { fields } });
      void refresh();
      return edited;
    },
    async removeChild(partner: SandboxPartner, kind: SandboxChildKind, id: string): Promise<void> {
      await call(ROUTES.deleteSandboxChild, { params: { partner, kind, id } });
      void refresh();
    },
  };
}
export type SandboxActs = ReturnType<typeof createSandboxActs>;

/** What a person does with the records that the hub keeps. */
export function createKeptActs({ call, workspaceId }: Hub, client: QueryClient) {
  const refresh = (): Promise<void> => client.invalidateQueries({ queryKey: keys.kept(workspaceId) });
  return {
    async add(connectionId: string, resource: string, fields: SandboxFields, parentId?: string): Promise<void> {
      const params = { workspaceId, connectionId, resource };
      const body = { fields: { ...fields }, ...(parentId !== undefined && { parentId }) };
      await call(ROUTES.addKept, { params, body });
      await refresh();
    },
    async edit(connectionId: string, { resource, externalId }: KeptRecord, fields: SandboxFields): Promise<void> {
      const params = { workspaceId, connectionId, resource, externalId };
      await call(ROUTES.editKept, { params, body: { fields: { ...fields } } });
      await refresh();
    },
    async remove(connectionId: string, { resource, externalId }: KeptRecord): Promise<void> {
      await call(ROUTES.deleteKept, { params: { workspaceId, connectionId, resource, externalId } });
      await refresh();
    },
  };
}

/** What a person does with transcripts. */
export function createTranscriptActs({ call, workspaceId }: Hub, client: QueryClient) {
  const refresh = async (): Promise<void> => {
    await client.invalidateQueries({ queryKey: keys.transcripts(workspaceId) });
    await client.invalidateQueries({ queryKey: keys.kept(workspaceId) });
  };
  return {
    async tie(connectionId: string, transcriptId: string, personId: string): Promise<void> {
      await call(ROUTES.tieTranscript, { params: { workspaceId, connectionId, transcriptId, personId } });
      await refresh();
    },
    async untie(connectionId: string, transcriptId: string, personId: string): Promise<void> {
      await call(ROUTES.untieTranscript, { params: { workspaceId, connectionId, transcriptId, personId } });
      await refresh();
    },
    /** A transcript with its words and all that is kept beside it. */
    export: (connectionId: string, transcriptId: string) =>
      call(ROUTES.exportTranscript, { params: { workspaceId, connectionId, transcriptId } }),
  };
}

/** Runs the operations of connections. */
export function createOperationActs({ call, workspaceId }: Hub, client: QueryClient) {
  return {
    /** Runs one, once; what the credential may do is known better afterwards. @throws HubProblem */
    async run(connectionId: string, operationId: string, input: Readonly<Record<string, unknown>>) {
      const params = { workspaceId, connectionId, operationId };
      try {
        return await call(ROUTES.runOperation, { params, body: { input: { ...input } } });
      } finally {
        void client.invalidateQueries({ queryKey: keys.operations(workspaceId, connectionId) });
        void client.invalidateQueries({ queryKey: keys.handCalls(workspaceId, connectionId) });
      }
    },
  };
}
