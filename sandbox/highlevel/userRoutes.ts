import { matchesQuery } from "../control/desk.ts";
import { opaqueId } from "../random.ts";
import { type Checks, countText, flag, object, oneOf, requiredText, requiredTexts, text, texts } from "./check.ts";
import { pageOf, seenIn } from "./drawer.ts";
import type { Place } from "./place.ts";
import type { Answer, RouteOptions, Visit } from "./routing.ts";
import { bodyOf, missing, queryOf, type Row, succeeded } from "./rows.ts";
import { nameOfUser, type StoredUser } from "./users.ts";

const EITHER: RouteOptions = { classes: ["Agency-Access", "Location-Access"] };

/** Section 2.4 of the contract sheet. */
export const USER_OPERATIONS: readonly Row[] = [
  ["GET", "/users/search", "users.readonly", searchUsers, EITHER],
  ["POST", "/users/search/filter-by-email", "users.readonly", usersByEmail, { classes: ["Agency-Access"] }],
  ["GET", "/users/", "users.readonly", usersOfLocation, { only: "dated" }],
  ["POST", "/users/", "users.write", createUser, EITHER],
  ["GET", "/users/:userId", "users.readonly", readUser, EITHER],
  ["PUT", "/users/:userId", "users.write", updateUser, EITHER],
  ["DELETE", "/users/:userId", "users.write", deleteUser, EITHER],
];

const SEARCH_QUERY: Checks = {
  companyId: requiredText,
  query: text,
  skip: countText,
  limit: countText,
  locationId: text,
  type: text,
  role: text,
  ids: text,
  sort: text,
  sortDirection: oneOf(["asc", "desc"]),
  enabled2waySync: text,
};

function searchUsers(visit: Visit, place: Place): Answer {
  const query = queryOf(visit, place, SEARCH_QUERY, ["companyId"]);
  demandCompany(query.companyId, place);
  const ids = query.ids?.split(",");
  const found = place.users
    .all()
    .filter(
      (user) =>
        matchesQuery(query.query ?? "", [nameOfUser(user), user.email, user.phone]) &&
        (!query.locationId || user.locationIds.includes(query.locationId)) &&
        (!query.type || user.type === query.type) &&
        (!query.role || user.role === query.role) &&
        (ids === undefined || ids.includes(user.id)),
    );
  const sorted = query.sort === "dateAdded" || !query.sort ? found : found.sort(byText(query.sort));
  if (query.sortDirection === "desc") sorted.reverse();
  const page = pageOf(sorted, Number(query.skip ?? 0), Number(query.limit ?? 25));
  return { body: { users: page.map(shownUser), count: found.length } };
}

function byText(field: string) {
  const of = (user: StoredUser) => String({ ...user }[field as keyof StoredUser] ?? ""); // an unknown field sorts nothing
  return (left: StoredUser, right: StoredUser) => of(left).localeCompare(of(right));
}

const EMAIL_BODY: Checks = {
  companyId: requiredText,
  emails: requiredText,
  deleted: flag,
  skip: text,
  limit: text,
  projection: text,
};

function usersByEmail(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, EMAIL_BODY, ["companyId", "emails"]);
  demandCompany(String(given.companyId), place);
  const wanted = String(given.emails)
    .split(",")
    .map((email) => email.trim().toLowerCase());
  const found = place.users.all().filter(({ email }) => wanted.includes(email.toLowerCase()));
  const page = pageOf(found, Number(given.skip ?? 0), Number(given.limit ?? 25));
  return { body: { users: page.map(shownUser), count: found.length } };
}

function usersOfLocation(visit: Visit, place: Place): Answer {
  const { locationId } = queryOf(visit, place, { locationId: requiredText }, ["locationId"]);
  const found = place.users.all().filter(({ locationIds }) => locationIds.includes(locationId ?? ""));
  return { body: { users: found.map(shownUser) } };
}

const EDITABLE: Checks = {
  companyId: text,
  firstName: requiredText,
  lastName: requiredText,
  email: requiredText,
  password: requiredText,
  phone: text,
  type: oneOf(["account", "agency"]),
  role: oneOf(["admin", "user"]),
  locationIds: requiredTexts,
  permissions: object,
  scopes: texts,
  scopesAssignedToOnly: texts,
  profilePhoto: text,
  twilioPhone: object,
  platformLanguage: text,
};
const CREATABLE: Checks = { ...EDITABLE, companyId: requiredText };
const REQUIRED = ["companyId", "firstName", "lastName", "email", "password", "type", "role", "locationIds"];

function createUser(visit: Visit, place: Place): Answer {
  const given = bodyOf(visit, place, CREATABLE, REQUIRED);
  demandCompany(String(given.companyId), place);
  const user = withChange({ ...BLANK, id: opaqueId(place.random, 20) }, given);
  refuseTaken(user, place);
  return { status: 201, body: shownUser(place.users.put(user)) };
}

function readUser(visit: Visit, place: Place): Answer {
  return { body: shownUser(seenIn(place.users, demand(visit, place), visit)) };
}

function updateUser(visit: Visit, place: Place): Answer {
  const user = withChange(demand(visit, place), bodyOf(visit, place, EDITABLE));
  refuseTaken(user, place);
  return { body: shownUser(place.users.put(user)) };
}

function deleteUser(visit: Visit, place: Place): Answer {
  const { id, email } = demand(visit, place);
  place.users.remove(id);
  return { body: { ...succeeded(visit), message: `User ${email} is deleted` } };
}

const BLANK: StoredUser = {
  id: "",
  firstName: "",
  lastName: "",
  email: "",
  phone: "",
  extension: "",
  type: "account",
  role: "user",
  locationIds: [],
  permissions: {},
  scopes: [],
};

const KEPT = [
  "firstName",
  "lastName",
  "email",
  "phone",
  "type",
  "role",
  "locationIds",
  "permissions",
  "scopes",
] as const;

/** A password is taken and forgotten. */
function withChange(user: StoredUser, given: Readonly<Record<string, unknown>>): StoredUser {
  const named = KEPT.filter((name) => given[name] !== undefined);
  return { ...user, ...Object.fromEntries(named.map((name) => [name, given[name] ?? BLANK[name]])) };
}

function demand({ params }: Visit, place: Place): StoredUser {
  const user = place.users.get(params.userId ?? "");
  if (user === undefined) throw missing(place, "User", params.userId ?? "");
  return user;
}

function demandCompany(companyId = "", { location, refusals }: Place): void {
  if (companyId !== location.companyId) throw refusals.bad("The company id provided is invalid or does not exist");
}

function refuseTaken({ id, email }: StoredUser, { users, refusals }: Place): void {
  const isTaken = users.all().some((other) => other.id !== id && other.email.toLowerCase() === email.toLowerCase());
  if (isTaken) throw refusals.bad("A user with this email already exists");
}

function shownUser(user: StoredUser) {
  const { type, role, locationIds, scopes, ...texts } = user;
  return {
    ...texts,
    name: nameOfUser(user),
    scopes: scopes.join(","),
    roles: { type, role, locationIds, restrictSubAccount: type === "account" },
    deleted: false,
    lcPhone: {},
    platformLanguage: "en_US",
  };
}
