import { createDrawer, type Drawer } from "./drawer.ts";
import type { Stand } from "./place.ts";

/** A member of the staff, as it is stored. */
export type StoredUser = {
  readonly id: string;
  readonly firstName: string;
  readonly lastName: string;
  readonly email: string;
  readonly phone: string;
  readonly extension: string;
  readonly type: string;
  readonly role: string;
  readonly locationIds: readonly string[];
  readonly permissions: Readonly<Record<string, unknown>>;
  readonly scopes: readonly string[];
};

/** The staff of one location. */
export type Users = Omit<Drawer<StoredUser>, "put"> & {
  /** Adds a person or changes one, and sends UserCreate or UserUpdate. */
  readonly put: (user: StoredUser) => StoredUser;
  /** Staff of this location, by id. */
  readonly isKnown: (id: string) => boolean;
};

/** The first three, whose ids are the same in every emulator; the first is the person at the screen. */
const FIRST: readonly (readonly [id: string, firstName: string, lastName: string, role: string])[] = [
  ["usr00000000000000001", "Rosa", "Linden", "admin"],
  ["usr00000000000000002", "Tom", "Okafor", "user"],
  ["usr00000000000000003", "Mai", "Tran", "user"],
];

const PERMISSIONS = {
  campaignsEnabled: true,
  contactsEnabled: true,
  workflowsEnabled: true,
  opportunitiesEnabled: true,
  appointmentsEnabled: true,
  conversationsEnabled: true,
  assignedDataOnly: false,
};

/** Makes the staff: three people at first. */
export function createUsers({ location, tell }: Stand): Users {
  const drawer = createDrawer<StoredUser>(() =>
    FIRST.map(([id, firstName, lastName, role], at) => ({
      id,
      firstName,
      lastName,
      email: `${firstName.toLowerCase()}@harbourlight.example`,
      phone: `+1202555011${at}`,
      extension: "",
      type: "account",
      role,
      locationIds: [location.id],
      permissions: PERMISSIONS,
      scopes: ["contacts.write", "opportunities.write"],
    })),
  );
  return {
    ...drawer,
    isKnown: (id) => drawer.get(id) !== undefined,
    put: (user) => {
      const type = drawer.get(user.id) === undefined ? "UserCreate" : "UserUpdate";
      const put = drawer.put(user);
      tell(type, userEvent(user, location.companyId));
      return put;
    },
    remove: (id) => {
      const removed = drawer.remove(id);
      if (removed !== undefined) tell("UserDelete", userEvent(removed, location.companyId));
      return removed;
    },
  };
}

function userEvent(user: StoredUser, companyId: string) {
  const { id, firstName, lastName, email, phone, extension, role, permissions, locationIds } = user;
  return { id, companyId, locations: locationIds, firstName, lastName, email, phone, extension, role, permissions };
}

/** First and last name together. */
export function nameOfUser({ firstName, lastName }: StoredUser): string {
  return [firstName, lastName].filter(Boolean).join(" ");
}
