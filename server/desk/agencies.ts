import { type AgencyAccount, addressesOf, agencyAccounts, checkedSettings } from "../../kit/index.ts";
import type { AgencyAccountView, AgencyView, ConnectionDone } from "../../model/api/connections.ts";
import { Failure } from "../../model/errors.ts";
import type { AgencyRow } from "../../store/port.ts";
import { agencyNameOf, ofMissing } from "../connections/index.ts";
import { keepNew, newRow } from "./adding.ts";
import { accountOf, connectorOf, type DeskParts } from "./parts.ts";

/** Which agency: the connector that knows it, and its id at the partner. */
export interface AgencyId {
  readonly connectorId: string;
  readonly agencyId: string;
}

/** The agencies that have agreed. */
export async function listAgencies(parts: DeskParts, workspaceId: string): Promise<AgencyView[]> {
  const rows = await parts.store.agencies(workspaceId);
  return rows.map(({ connectorId, agencyId, grantedAt }) => ({
    ...{ connectorId, agencyId, grantedAt },
    partner: parts.connectors.get(connectorId)?.name ?? connectorId,
  }));
}

/** The accounts of an agency at which the app is installed now, each with its connection here. @throws Failure */
export async function listAccounts(parts: DeskParts, workspaceId: string, id: AgencyId): Promise<AgencyAccountView[]> {
  const agency = await agencyOf(parts, workspaceId, id);
  const connector = connectorOf(parts, id.connectorId);
  const rows = (await parts.store.connections(workspaceId)).filter((row) => row.connectorId === connector.id);
  const byAccount = new Map(rows.map((row) => [accountOf(connector, row.settings), row.id]));
  return (await installedAccounts(parts, agency)).map(({ account, name }) => {
    const connectionId = byAccount.get(account);
    return { account, name, ...(connectionId !== undefined && { connectionId }) };
  });
}

/** Makes a connection of one account of an agency, signed in by the agency's pair. @throws Failure */
export async function connectAccount(
  parts: DeskParts,
  workspaceId: string,
  id: AgencyId,
  { account, name }: { readonly account: string; readonly name: string },
): Promise<ConnectionDone> {
  const agency = await agencyOf(parts, workspaceId, id);
  const { clientId, clientSecret } = await pairOf(parts, agency);
  const setting = connectorOf(parts, id.connectorId).oauth?.accountSetting ?? "";
  const settings = { ...agency.settings, [setting]: account };
  const row = await newRow(parts, workspaceId, { ...agency, name, settings });
  const minted = { kind: "minted", agencyId: id.agencyId, account, accessToken: "", expiresAt: 0 } as const;
  return keepNew(parts, row, { ...minted, clientId, clientSecret });
}

/** Forgets an agency with its pair. @throws Failure `conflict` while connections are signed in by it */
export async function forgetAgency(parts: DeskParts, workspaceId: string, id: AgencyId): Promise<void> {
  await agencyOf(parts, workspaceId, id);
  for (const row of await parts.store.connections(workspaceId)) {
    const credential = await parts.credentials.read(workspaceId, row.id).catch(ofMissing);
    if (credential?.kind !== "minted" || credential.agencyId !== id.agencyId) continue;
    throw new Failure("conflict", `${row.name} is signed in by this agency. Sign it out or remove it first.`);
  }
  await parts.credentials.forget(workspaceId, agencyNameOf(id.connectorId, id.agencyId));
  await parts.store.dropAgency(workspaceId, id.connectorId, id.agencyId);
}

async function agencyOf({ store }: DeskParts, workspaceId: string, id: AgencyId): Promise<AgencyRow> {
  const rows = await store.agencies(workspaceId);
  const found = rows.find((row) => row.connectorId === id.connectorId && row.agencyId === id.agencyId);
  if (found !== undefined) return found;
  throw new Failure("not_found", `No agency ${id.agencyId} has agreed in ${workspaceId}. Connect it first.`);
}

async function pairOf({ credentials }: DeskParts, { workspaceId, connectorId, agencyId }: AgencyRow) {
  const pair = await credentials.read(workspaceId, agencyNameOf(connectorId, agencyId));
  if (pair.kind === "oauth") return pair;
  throw new Failure("bug", `The pair of agency ${agencyId} is of the kind ${pair.kind}.`);
}

async function installedAccounts(parts: DeskParts, agency: AgencyRow): Promise<readonly AgencyAccount[]> {
  const { workspaceId, connectorId, agencyId, baseUrls } = agency;
  const connector = connectorOf(parts, connectorId);
  const { oauth, classify, name } = connector;
  const stand = { id: agencyId, settings: { ...agency.settings, [oauth?.accountSetting ?? ""]: "any" }, baseUrls };
  const settings = checkedSettings(connector, stand);
  const declared = oauth?.agency?.(settings);
  if (declared === undefined) throw new Failure("bug", `${name} has no agencies.`);
  const { clientId } = await pairOf(parts, agency);
  const ways = { clock: parts.clock, dispatcher: parts.dispatcher };
  return agencyAccounts(
    {
      ...{ connectionId: agencyId, partner: name, agency: declared, ...(classify && { classify }), ...ways },
      addresses: addressesOf(connector, stand, settings),
      agencyAccess: (id) => parts.credentials.accessOf(workspaceId, agencyNameOf(connectorId, id)),
    },
    agencyId,
    clientId,
  );
}
