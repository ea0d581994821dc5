import type { AgencyDeclaration, Connector, Granted, StoredCredential } from "../../kit/index.ts";
import { Failure } from "../../model/errors.ts";
import type { ConnectionRow } from "../../store/port.ts";
import { agencyNameOf, ofMissing } from "../connections/index.ts";
import { accountOf, type Connectable, type ConnectionDraft, type ConsentParts } from "./parts.ts";

/** What was signed in by a consent: a connection with others beside it, or an agency whose accounts are chosen next. */
export type Kept =
  | { readonly kind: "connection"; readonly connectionId: string; readonly others: readonly string[] }
  | { readonly kind: "agency"; readonly agencyId: string; readonly others: readonly string[] };

/**
 * Stores what was granted: for one connection, which is made where it is not there, or as the pair of an agency, from
 * which all connections of its accounts that wait for the same app get tokens of their own.
 * @throws Failure `rejected` where another account was chosen than the one that is wanted; nothing is stored then
 */
export async function keep(parts: ConsentParts, asked: Connectable, granted: Granted): Promise<Kept> {
  const declared = asked.connector.oauth?.agency?.(asked.settings);
  const agency = declared?.grantedBy(granted.answer);
  if (declared !== undefined && agency !== undefined) return keepAgency(parts, asked, granted, { declared, ...agency });
  if (asked.row !== undefined) {
    assertSameAccount(asked.connector, asked.row, granted);
    return keepFor(parts, asked.row, granted.credential);
  }
  return keepNew(parts, asked, granted);
}

async function keepFor(parts: ConsentParts, row: ConnectionRow, credential: StoredCredential): Promise<Kept> {
  await parts.credentials.grant(row.workspaceId, row.id, credential);
  await parts.registry.open(row);
  return { kind: "connection", connectionId: row.id, others: [] };
}

/** For an account that is connected already, its connection is signed in instead of a second one being made. */
async function keepNew(parts: ConsentParts, asked: Connectable, granted: Granted): Promise<Kept> {
  const { workspaceId, connector, draft } = asked;
  const account = connector.oauth?.accountOf(granted.answer);
  if (draft === undefined || connector.oauth === undefined || account === undefined) throw noneChosen(connector);
  const rows = await parts.store.connections(workspaceId);
  const there = rows.find((row) => row.connectorId === connector.id && accountOf(connector, row) === account);
  if (there !== undefined) return keepFor(parts, there, granted.credential);
  const settings = { ...draft.settings, [connector.oauth.accountSetting]: account };
  const connectionId = await parts.addSignedIn(workspaceId, { ...draft, settings, credential: granted.credential });
  return { kind: "connection", connectionId, others: [] };
}

/** An agency with what its partner declares of agencies. */
interface GrantedAgency {
  readonly id: string;
  readonly accounts: readonly string[];
  readonly declared: AgencyDeclaration;
}

async function keepAgency(
  parts: ConsentParts,
  asked: Connectable,
  granted: Granted,
  agency: GrantedAgency,
): Promise<Kept> {
  const { workspaceId, connector, row, app } = asked;
  if (row !== undefined) assertLetIn(connector, row, agency.accounts);
  assertMintable(agency.declared, granted);
  await parts.credentials.write(workspaceId, agencyNameOf(connector.id, agency.id), granted.credential);
  await parts.store.putAgency({
    ...{ workspaceId, connectorId: connector.id, agencyId: agency.id, grantedAt: parts.clock.now() },
    ...chosenWith(asked),
  });
  const rows = await connectionsOfAgency(parts, asked, agency.accounts);
  for (const one of rows) {
    const account = accountOf(connector, one);
    const minted = { kind: "minted", agencyId: agency.id, account, accessToken: "", expiresAt: 0, ...app } as const;
    await parts.credentials.grant(workspaceId, one.id, minted);
    await parts.registry.open(one);
  }
  const others = rows.filter(({ id }) => id !== row?.id);
  for (const { id } of others) await parts.onConnected(workspaceId, id);
  const names = others.map(({ name }) => name);
  if (row !== undefined) return { kind: "connection", connectionId: row.id, others: names };
  return { kind: "agency", agencyId: agency.id, others: names };
}

/** What further connections of an agency begin with: all that was chosen but the account itself. */
function chosenWith({ connector, row, draft }: Connectable): Pick<ConnectionDraft, "settings" | "baseUrls"> {
  const { [connector.oauth?.accountSetting ?? ""]: _account, ...settings } = Object(row?.settings ?? draft?.settings);
  return { settings, baseUrls: { ...(row?.baseUrls ?? draft?.baseUrls) } };
}

/** The connection that was asked for, and the others of its workspace that wait for the app and that the agency let in. */
async function connectionsOfAgency(
  { store, credentials }: ConsentParts,
  asked: Connectable,
  accounts: readonly string[],
): Promise<readonly ConnectionRow[]> {
  const { workspaceId, connector, row } = asked;
  const rows = await store.connections(workspaceId);
  const found: ConnectionRow[] = [];
  for (const one of rows) {
    if (one.connectorId !== connector.id || !accounts.includes(accountOf(connector, one))) continue;
    const credential = await credentials.read(one.workspaceId, one.id).catch(ofMissing);
    if (one.id === row?.id || isWaiting(credential, asked)) found.push(one);
  }
  return found;
}

/** Whether a connection is to be signed in by this app, or has been by an agency that had it. */
function isWaiting(credential: StoredCredential | undefined, { app }: Connectable): boolean {
  if (credential === undefined) return true;
  return (credential.kind === "consent" || credential.kind === "minted") && credential.clientId === app.clientId;
}

function assertLetIn(connector: Connector, row: ConnectionRow, accounts: readonly string[]): void {
  const wanted = accountOf(connector, row);
  if (accounts.includes(wanted)) return;
  throw new Failure(
    "rejected",
    `At ${connector.name} you chose an agency without the account ${wanted}, which connection ${row.id} is for. Nothing was stored. Connect again and choose that one as well.`,
  );
}

/** Without these permissions the agency's tokens are good for nothing here. */
function assertMintable({ needs }: AgencyDeclaration, { credential: { scopes } }: Granted): void {
  const missing = needs.scopes.filter((scope) => scopes !== undefined && !scopes.includes(scope));
  if (missing.length === 0) return;
  const lacks = `the agency that you chose was not asked for ${missing.join(", ")}`;
  throw new Failure("rejected", `Nothing was stored: ${lacks}. ${needs.advice}`);
}

/** Tokens of another account would bring strangers' records into a connection; so nothing is stored of them. */
function assertSameAccount(connector: Connector, row: ConnectionRow, { answer }: Granted): void {
  const wanted = accountOf(connector, row);
  const account = connector.oauth?.accountOf(answer);
  if (account === wanted) return;
  const chosen = account === undefined ? "several accounts or none" : `the account ${account}`;
  throw new Failure(
    "rejected",
    `At ${connector.name} you chose ${chosen}, and connection ${row.id} is for ${wanted}. Nothing was stored. Connect again and choose that one, or add a connection for the other.`,
  );
}

function noneChosen({ name }: Connector): Failure {
  return new Failure(
    "rejected",
    `At ${name} you chose several accounts or none. Nothing was stored. Connect again and choose one.`,
  );
}
