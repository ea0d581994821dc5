import type { Kysely } from "kysely";
import type { DueMark, Effect, Lane } from "../engine/ports.ts";
import { bookStore } from "./books.ts";
import type { Database } from "./database.ts";
import { migrate } from "./migrations/run.ts";
import type { HubStore } from "./port.ts";
import { bookReads } from "./queries/books/read.ts";
import { bookWrites } from "./queries/books/write.ts";
import { checkpointScripts } from "./queries/checkpoints.ts";
import { configurationScripts } from "./queries/configuration.ts";
import { deliveryScripts } from "./queries/deliveries.ts";
import { agencyScripts } from "./queries/desk/agencies.ts";
import { handCallScripts } from "./queries/desk/handCalls.ts";
import { dueScripts } from "./queries/due.ts";
import { fieldWatchScripts } from "./queries/fields/watches.ts";
import { intentScripts } from "./queries/intents.ts";
import { journalScripts } from "./queries/journal.ts";
import { laneScripts } from "./queries/lanes.ts";
import { joinedScripts } from "./queries/links/joined.ts";
import { linkScripts } from "./queries/links/links.ts";
import { linkQuestions } from "./queries/links/questions.ts";
import { linkViewScripts } from "./queries/links/views.ts";
import { mappingScripts } from "./queries/mappings.ts";
import { secretScripts } from "./queries/secrets/secrets.ts";
import { rowsOf, type Script } from "./script.ts";
import type { AuthTables } from "./tables.ts";

/** Everything the store can ask of a database, by subject. */
interface Scripts {
  readonly agencies: ReturnType<typeof agencyScripts>;
  readonly books: ReturnType<typeof bookReads> & ReturnType<typeof bookWrites>;
  readonly checkpoints: ReturnType<typeof checkpointScripts>;
  readonly configuration: ReturnType<typeof configurationScripts>;
  readonly deliveries: ReturnType<typeof deliveryScripts>;
  readonly due: ReturnType<typeof dueScripts>;
  readonly handCalls: ReturnType<typeof handCallScripts>;
  readonly fieldWatches: ReturnType<typeof fieldWatchScripts>;
  readonly intents: ReturnType<typeof intentScripts>;
  readonly journal: ReturnType<typeof journalScripts>;
  readonly joined: ReturnType<typeof joinedScripts>;
  readonly lanes: ReturnType<typeof laneScripts>;
  readonly links: ReturnType<typeof linkScripts>;
  readonly mappings: ReturnType<typeof mappingScripts>;
  readonly secrets: ReturnType<typeof secretScripts>;
  readonly views: ReturnType<typeof linkViewScripts>;
}

/** The store on a database. What is read and written is in `queries/`; here it is said what shares a transaction. */
export function hubStore(database: Database): HubStore {
  const scripts = scriptsOf(database);
  return {
    migrate: async () => {
      await database.prepare();
      await migrate(database);
    },
    close: database.close,
    ping: async () => {
      await database.read(rowsOf({ sql: "select 1", parameters: [] }));
    },
    // The same instance, with all but better-auth's own tables hidden from sight.
    auth: { db: database.kysely as unknown as Kysely<AuthTables>, type: database.type },
    ...configurationOf(database, scripts),
    ...secretsOf(database, scripts),
    books: bookStore(database, scripts.books, scripts.due),
    ...engineWrites(database, scripts),
    ...engineReads(database, scripts),
    ...intake(database, scripts),
    ...views(database, scripts),
  };
}

function scriptsOf(database: Database): Scripts {
  return {
    agencies: agencyScripts(database),
    books: { ...bookReads(database), ...bookWrites(database) },
    checkpoints: checkpointScripts(database),
    configuration: configurationScripts(database),
    deliveries: deliveryScripts(database),
    due: dueScripts(database),
    handCalls: handCallScripts(database),
    fieldWatches: fieldWatchScripts(database),
    intents: intentScripts(database),
    journal: journalScripts(database),
    lanes: laneScripts(database),
    joined: joinedScripts(database),
    links: linkScripts(database),
    mappings: mappingScripts(database),
    secrets: secretScripts(database),
    views: linkViewScripts(database),
  };
}

function configurationOf({ read, write }: Database, { configuration: scripts, agencies, secrets, books }: Scripts) {
  return {
    workspaces: () => read(scripts.workspaces()),
    putWorkspace: (workspace) => write(() => scripts.putWorkspace(workspace)),
    setWorkspacePaused: (workspaceId, isPaused) => write(() => scripts.setWorkspacePaused(workspaceId, isPaused)),
    connections: (workspaceId) => read(scripts.connections(workspaceId)),
    connection: (workspaceId, connectionId) => read(scripts.connection(workspaceId, connectionId)),
    connectionsOf: (connectorId) => read(scripts.connectionsOf(connectorId)),
    putConnection: (connection) => write(() => scripts.putConnection(connection)),
    dropConnection: (workspaceId, connectionId, secretName) =>
      write(function* () {
        yield* secrets.drop(workspaceId, secretName);
        yield* scripts.dropConnection(workspaceId, connectionId);
        yield* books.drop({ workspaceId, connectionId });
      }),
    agencies: (workspaceId) => read(agencies.all(workspaceId)),
    putAgency: (agency) => write(() => agencies.put(agency)),
    dropAgency: (workspaceId, connectorId, agencyId) => write(() => agencies.drop(workspaceId, connectorId, agencyId)),
    setConnectionPaused: (workspaceId, connectionId, isPaused) =>
      write(() => scripts.setConnectionPaused(workspaceId, connectionId, isPaused)),
    setConnectionHealth: (workspaceId, connectionId, health) =>
      write(() => scripts.setConnectionHealth(workspaceId, connectionId, health)),
    syncs: (workspaceId) => read(scripts.syncs(workspaceId)),
    putSync: (sync) => write(() => scripts.putSync(sync)),
    setSyncPaused: (workspaceId, syncId, isPaused) => write(() => scripts.setSyncPaused(workspaceId, syncId, isPaused)),
    knownScopes: (workspaceId, connectionId) => read(scripts.knownScopes(workspaceId, connectionId)),
    putKnownScopes: (workspaceId, connectionId, kept) =>
      write(() => scripts.putKnownScopes(workspaceId, connectionId, kept)),
    allowance: (workspaceId, connectionId) => read(scripts.allowance(workspaceId, connectionId)),
    putAllowance: (workspaceId, connectionId, kept) =>
      write(() => scripts.putAllowance(workspaceId, connectionId, kept)),
  } satisfies Partial<HubStore>;
}

function secretsOf({ read, write }: Database, { secrets: scripts }: Scripts) {
  return {
    putSecret: (workspaceId, name, sealed) => write(() => scripts.put(workspaceId, name, sealed)),
    secret: (workspaceId, name) => read(scripts.read(workspaceId, name)),
    dropSecret: (workspaceId, name) => write(() => scripts.drop(workspaceId, name)),
    replaceSecret: (workspaceId, name, sealed, expected) =>
      write(() => scripts.replace(workspaceId, name, sealed, expected)),
    holdSecret: (workspaceId, name, hold) => write(() => scripts.hold(workspaceId, name, hold)),
    releaseSecret: (workspaceId, name, holder) => write(() => scripts.release(workspaceId, name, holder)),
    putConsent: (consent, now) => write(() => scripts.putConsent(consent, now)),
    takeConsent: (id, now) => write(() => scripts.takeConsent(id, now)),
  } satisfies Partial<HubStore>;
}

function engineWrites({ write }: Database, scripts: Scripts) {
  return {
    takeLane: (workspaceId, holder, at) =>
      write((transaction) => scripts.lanes.take(transaction, workspaceId, holder, at)),
    apply: (lane, effects) =>
      write(function* (transaction) {
        yield* scripts.lanes.guard(transaction, lane);
        for (const effect of effects) yield* applyEffect(scripts, lane, effect);
      }),
    openIntent: (lane, intent) =>
      write(function* (transaction) {
        yield* scripts.lanes.guard(transaction, lane);
        return yield* scripts.intents.open(lane.workspaceId, intent);
      }),
  } satisfies Partial<HubStore>;
}

function applyEffect(scripts: Scripts, { workspaceId }: Lane, effect: Effect): Script<void> {
  switch (effect.kind) {
    case "mark":
      return scripts.due.mark(workspaceId, effect.mark);
    case "settle":
      return scripts.due.settle(workspaceId, effect);
    case "postpone":
      return scripts.due.postpone(workspaceId, effect);
    case "bury":
      return scripts.due.bury(workspaceId, effect);
    case "setAside":
      return scripts.due.setAside(workspaceId, effect);
    case "clearDead":
      return scripts.due.clearDead(workspaceId, effect.keys);
    case "saveLink":
      return scripts.links.save(workspaceId, effect);
    case "dropLink":
      return joinLink(scripts, workspaceId, effect);
    case "seen":
      return scripts.links.seen(workspaceId, effect);
    case "closeIntent":
      return scripts.intents.close(workspaceId, effect.intentId);
    case "setIntentState":
      return scripts.intents.setState(workspaceId, effect);
    case "journal":
      return addEntry(scripts, workspaceId, effect);
    case "checkpoint":
      return scripts.checkpoints.put(workspaceId, effect.checkpoint);
    case "fieldWatch":
      return scripts.fieldWatches.put(workspaceId, effect.watch);
    default:
      return effect satisfies never;
  }
}

function* addEntry(
  { journal, mappings }: Scripts,
  workspaceId: string,
  { entry, mapping }: Extract<Effect, { kind: "journal" }>,
): Script<void> {
  if (mapping !== undefined) yield* mappings.keep(workspaceId, mapping, entry.at);
  yield* journal.add(workspaceId, entry);
}

/** Removes a link that has joined another, and notes which. */
function* joinLink(
  scripts: Scripts,
  workspaceId: string,
  { linkId, into }: Extract<Effect, { kind: "dropLink" }>,
): Script<void> {
  if (into !== undefined) yield* scripts.joined.note(workspaceId, linkId, into);
  yield* dropLink(scripts, workspaceId, linkId);
}

function* dropLink({ links, intents, due }: Scripts, workspaceId: string, linkId: string): Script<void> {
  yield* intents.closeOfLink(workspaceId, linkId);
  yield* due.clearDead(workspaceId, [`link:${linkId}`]);
  yield* links.drop(workspaceId, linkId);
}

function engineReads(database: Database, { due, links, intents, checkpoints, fieldWatches }: Scripts) {
  const { read } = database;
  return {
    ...linkQuestions(database, links),
    dueKeys: (workspaceId, syncIds, at, limit) => read(due.urgent(workspaceId, syncIds, at, limit)),
    nextDueAt: (workspaceId, syncIds, after) => read(due.nextAt(workspaceId, syncIds, after)),
    hasDead: (workspaceId) => read(due.hasDead(workspaceId)),
    dueKey: (workspaceId, key) => read(due.one(workspaceId, key)),
    links: (workspaceId, linkIds) => read(links.many(workspaceId, linkIds)),
    linksByRecords: (workspaceId, syncId, side, externalIds) =>
      read(links.byRecords(workspaceId, syncId, side, externalIds)),
    linksByKeys: (workspaceId, syncId, side, keys) => read(links.byKeys(workspaceId, syncId, side, keys)),
    linksAfter: (workspaceId, syncId, query) => read(links.after(workspaceId, syncId, query)),
    linksUnseenSince: (workspaceId, syncId, side, query) => read(links.unseenSince(workspaceId, syncId, side, query)),
    linksByParent: (workspaceId, syncId, parentLinkId) => read(links.byParent(workspaceId, syncId, parentLinkId)),
    countLinks: (workspaceId, syncId, state) => read(links.count(workspaceId, syncId, state)),
    countDeletesSince: (workspaceId, syncId, since) => read(links.deletesSince(workspaceId, syncId, since)),
    intentsOfLink: (workspaceId, linkId) => read(intents.ofLink(workspaceId, linkId)),
    intentsToward: (workspaceId, syncId, side) => read(intents.toward(workspaceId, syncId, side)),
    checkpoint: (workspaceId, syncId, side, kind) => read(checkpoints.get(workspaceId, syncId, side, kind)),
    fieldWatch: (workspaceId, syncId) => read(fieldWatches.get(workspaceId, syncId)),
  } satisfies Partial<HubStore>;
}

function intake({ read, write }: Database, { deliveries, due }: Scripts) {
  return {
    acceptDelivery: (workspaceId, delivery, marks) =>
      write(function* () {
        const isNew = yield* deliveries.add(workspaceId, delivery);
        if (!isNew) {
          yield* deliveries.again(workspaceId, delivery);
          return "duplicate";
        }
        yield* markAll(workspaceId, marks);
        return "accepted";
      }),
    deliveries: (workspaceId, query) => read(deliveries.page(workspaceId, query)),
    lastDeliveryAt: (workspaceId, connectionId) => read(deliveries.lastAt(workspaceId, connectionId)),
    mark: (workspaceId, marks) => write(() => markAll(workspaceId, marks)),
    revive: (workspaceId, keys, at) => write(() => due.revive(workspaceId, keys, at)),
  } satisfies Partial<HubStore>;

  function* markAll(workspaceId: string, marks: readonly DueMark[]): Script<void> {
    for (const mark of marks) yield* due.mark(workspaceId, mark);
  }
}

function views({ read, write }: Database, scripts: Scripts) {
  const { due, views: linkViews, journal, mappings, deliveries, handCalls } = scripts;
  return {
    putHandCall: (workspaceId, call) => write(() => handCalls.put(workspaceId, call)),
    handCalls: (workspaceId, query) => read(handCalls.page(workspaceId, query)),
    dueCounts: (workspaceId) => read(due.counts(workspaceId)),
    troubledKeys: (workspaceId, query) => read(due.troubled(workspaceId, query)),
    searchLinks: (workspaceId, query) => read(linkViews.search(workspaceId, query)),
    joinedInto: (workspaceId, linkId) => read(scripts.joined.into(workspaceId, linkId)),
    linkCounts: (workspaceId, syncId) => read(linkViews.counts(workspaceId, syncId)),
    journalOfLink: (workspaceId, linkId, limit) => read(journal.ofLink(workspaceId, linkId, limit)),
    journal: (workspaceId, query) => read(journal.page(workspaceId, query)),
    mappings: (workspaceId, versions) => read(mappings.named(workspaceId, versions)),
    activity: (workspaceId, since) => read(journal.activity(workspaceId, since)),
    prune: (workspaceId, before, limit) =>
      write(function* () {
        const entries = yield* journal.prune(workspaceId, before, limit);
        yield* mappings.prune(workspaceId, before);
        const received = yield* deliveries.prune(workspaceId, before, limit);
        return entries + received + (yield* handCalls.prune(workspaceId, before, limit));
      }),
    pruneTombstones: (workspaceId, before, limit) =>
      write(function* () {
        const ids = yield* scripts.links.oldTombstones(workspaceId, before, limit);
        for (const linkId of ids) {
          yield* scripts.joined.forget(workspaceId, linkId);
          yield* dropLink(scripts, workspaceId, linkId);
        }
        return ids.length;
      }),
  } satisfies Partial<HubStore>;
}
