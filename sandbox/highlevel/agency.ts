import { opaqueId, type Random } from "../random.ts";
import type { Location } from "./locationRoutes.ts";

/** The agency that owns the locations. */
export type Agency = {
  readonly companyId: string;
  readonly name: string;
  /** In the order in which they were made; there is at least one. */
  readonly locations: () => readonly Location[];
  readonly first: Location;
  readonly find: (locationId: string) => Location | undefined;
  /** Opens a further location. What is not said is made up. */
  readonly add: (given: Partial<Location>) => Location;
  /** Calls back for every location that is added from now on. */
  readonly onAdd: (told: (location: Location) => void) => void;
};

/** What an agency begins with. The first location is made up where none is given. */
export type AgencyParts = { readonly random: Random; readonly locations: readonly Partial<Location>[] };

const HOUSE_NAMES = ["Harbour Light Studio", "Old Mill Studio", "Lantern Street Studio", "Weir Bridge Studio"];

/** Makes an agency with its locations. */
export function createAgency({ random, locations: [given = {}, ...more] }: AgencyParts): Agency {
  const listeners: ((location: Location) => void)[] = [];
  const first: Location = {
    id: opaqueId(random, 20),
    companyId: opaqueId(random, 20),
    name: HOUSE_NAMES[0] ?? "",
    country: "US",
    timezone: "America/New_York",
    ...given,
  };
  const byId = new Map([[first.id, first]]);

  const add = (wanted: Partial<Location>): Location => {
    const number = byId.size;
    const location: Location = {
      ...first,
      id: opaqueId(random, 20),
      name: HOUSE_NAMES[number] ?? `Studio ${number + 1}`,
      ...wanted,
      companyId: first.companyId,
    };
    byId.set(location.id, location);
    for (const tell of listeners) tell(location);
    return location;
  };

  for (const wanted of more) add(wanted);
  return {
    companyId: first.companyId,
    name: "Harbour Light Agency",
    locations: () => [...byId.values()],
    first,
    find: (locationId) => byId.get(locationId),
    add,
    onAdd: (told) => {
      listeners.push(told);
    },
  };
}
