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
  /** Changes what a location is called and where it lies; whoever holds it sees that. `undefined` when there is none. */
  readonly change: (locationId: string, change: Partial<Location>) => Location | undefined;
  /** Closes a location. `false` for one that is not there, and for the first, in which an emulator begins. */
  readonly remove: (locationId: string) => boolean;
  /** Calls back for every location that is added from now on. */
  readonly onAdd: (told: (location: Location) => void) => void;
};

/** What an agency begins with. The first location is made up where none is given. */
export type AgencyParts = { readonly random: Random; readonly locations: readonly Partial<Location>[] };

const HOUSE_NAMES = ["Harbour Light Studio", "Old Mill Studio", "Lantern Street Studio", "Weir Bridge Studio"];

/** Makes an agency with its locations. */
export function createAgency({ random, locations: [given = {}, ...more] }: AgencyParts): Agency {
  const listeners: ((location: Location) => void)[] = [];
  const { keep, all, find, change, remove } = createStandings();
  const first = keep({
    id: opaqueId(random, 20),
    companyId: opaqueId(random, 20),
    name: HOUSE_NAMES[0] ?? "",
    country: "US",
    timezone: "America/New_York",
    ...given,
  });

  const add = (wanted: Partial<Location>): Location => {
    const number = all().length;
    const location = keep({
      ...first,
      id: opaqueId(random, 20),
      name: HOUSE_NAMES[number] ?? `Studio ${number + 1}`,
      ...wanted,
      companyId: first.companyId,
    });
    for (const tell of listeners) tell(location);
    return location;
  };

  for (const wanted of more) add(wanted);
  return {
    companyId: first.companyId,
    name: "Harbour Light Agency",
    locations: all,
    first,
    find,
    add,
    change,
    remove: (locationId) => locationId !== first.id && remove(locationId),
    onAdd: (told) => {
      listeners.push(told);
    },
  };
}

/** Locations as they stand: whoever was given one sees what becomes of it. */
function createStandings() {
  const byId = new Map<string, Location>();
  const current = new Map<string, Location>();
  return {
    keep: (location: Location): Location => {
      current.set(location.id, location);
      const standing = standingAt(() => current.get(location.id) ?? location);
      byId.set(location.id, standing);
      return standing;
    },
    all: () => [...byId.values()],
    find: (locationId: string) => byId.get(locationId),
    change: (locationId: string, change: Partial<Location>) => {
      const before = current.get(locationId);
      if (before !== undefined) {
        const { id, companyId } = before;
        current.set(locationId, { ...before, ...change, id, companyId });
      }
      return byId.get(locationId);
    },
    remove: (locationId: string) => byId.delete(locationId),
  };
}

/** A location that shows what it is now, to all who were given it. */
function standingAt(now: () => Location): Location {
  const { id, companyId } = now();
  return {
    id,
    companyId,
    get name() {
      return now().name;
    },
    get country() {
      return now().country;
    },
    get timezone() {
      return now().timezone;
    },
    get reach() {
      return now().reach;
    },
  };
}
