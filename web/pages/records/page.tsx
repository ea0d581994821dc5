import { useQuery } from "@tanstack/react-query";
import type { OverviewView } from "../../../model/api/views.ts";
import type { Side } from "../../../model/record.ts";
import { sideNames } from "../../../model/sideNames.ts";
import { loaded } from "../../api/loaded.ts";
import { type LinksWanted, linksQuery, overviewQuery } from "../../api/queries.ts";
import { type RecordsSearch, recordsAddress, type Shown } from "../../app/addresses.ts";
import { useHub } from "../../app/hub.tsx";
import { attentionOf, contactsFirst } from "../../text/overview.ts";
import { nounOfAll } from "../../text/resources.ts";
import { useNavigateTo } from "../../ui/link.tsx";
import { RecordsPageView } from "./view.tsx";

/** Rows on one page of the list. */
export const PAGE_SIZE = 25;

/** What the hub is asked for, from what stands in the address. */
export function wantedLinks({ text, show, of, sort, page }: RecordsSearch): LinksWanted {
  const where = of === "" ? {} : { sync: of };
  const window = { ...where, text, sort, offset: (page - 1) * PAGE_SIZE, limit: PAGE_SIZE } as const;
  switch (show) {
    case "all":
      return window;
    case "linked":
      return { ...window, state: "linked" };
    case "waiting":
      return { ...window, state: "half" };
    case "deleted":
      return { ...window, state: "tombstone" };
    case "unlinked":
      return { ...window, state: "unlinked" };
    case "attention":
      return { ...window, attention: "true" };
    default:
      return show satisfies never;
  }
}

/** How many records each narrowing shows, of these syncs together. */
export function countsOf({ syncs }: Pick<OverviewView, "syncs">): Readonly<Record<Shown, number>> {
  const sum = (of: (sync: OverviewView["syncs"][number]) => number) => syncs.reduce((all, sync) => all + of(sync), 0);
  const [linked, waiting] = [sum(({ counts }) => counts.linked), sum(({ counts }) => counts.half)];
  const [unlinked, deleted] = [sum(({ counts }) => counts.unlinked), sum(({ counts }) => counts.deleted)];
  const all = linked + waiting + unlinked + deleted + sum(({ counts }) => counts.ambiguous);
  return { all, linked, waiting, attention: sum(attentionOf), unlinked, deleted };
}

/** The product beside which the hub keeps the records of a sync's side itself; none where they are the product's own. */
export function keptBeside(
  { syncs, connections }: Pick<OverviewView, "syncs" | "connections">,
  syncId: string,
  side: Side,
): string | undefined {
  const sync = syncs.find(({ id }) => id === syncId);
  const connection = connections.find(({ id }) => id === sync?.[side]);
  return connection?.keeps?.some(({ resource }) => resource === sync?.resource) ? connection.partner : undefined;
}

/** All linked records, of every kind or of one, searchable. */
export function RecordsPage({ search }: { readonly search: RecordsSearch }) {
  const hub = useHub();
  const navigate = useNavigateTo();
  const links = useQuery(linksQuery(hub, wantedLinks(search)));
  const overview = useQuery(overviewQuery(hub));
  const syncs = contactsFirst(overview.data?.syncs ?? []);
  const chosen = syncs.filter(({ id }) => search.of === "" || id === search.of);
  const sync = chosen[0] ?? syncs[0];
  return (
    <RecordsPageView
      links={loaded(links)}
      names={sync ? sideNames(sync, overview.data?.connections ?? []) : { left: "One side", right: "Other side" }}
      counts={overview.data && countsOf({ syncs: chosen })}
      syncs={syncs.map(({ id, name, resource }) => ({ id, name, resource }))}
      keptBeside={(syncId, side) => overview.data && keptBeside(overview.data, syncId, side)}
      noun={nounOfAll(chosen.map(({ resource }) => resource))}
      search={search}
      pageSize={PAGE_SIZE}
      onSearch={(change) => navigate(recordsAddress({ ...search, page: 1, ...change }))}
    />
  );
}
