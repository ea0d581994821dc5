import { z } from "zod";
import { actionsOf } from "./dialect.ts";
import { Anything, Count, Flag, optional, required, Skip, Succeeded, Text, UserId, upTo } from "./shapes.ts";

const action = actionsOf({
  subject: "Users",
  module: "users",
  scopes: { reads: "users.readonly", writes: "users.write" },
});

const User = z.object({
  id: z.string(),
  name: Text,
  firstName: Text,
  lastName: Text,
  email: Text,
  phone: Text,
  extension: Text,
  permissions: Anything,
  scopes: Anything,
  roles: z
    .object({ type: Text, role: Text, locationIds: z.array(z.string()).optional(), restrictSubAccount: Flag })
    .optional(),
  deleted: Flag,
});
const LocationIds = z.array(z.string().min(1)).min(1).describe("Ids of the locations the user may enter.");
const TYPE = z.enum(["account", "agency"]).describe("Whether of a location or of the agency.");
const ROLE = z.enum(["admin", "user"]).describe("What the user may do.");
const EXAMPLE = {
  id: "sx6wyHhbFdRXh302LLNR",
  name: "Maria Costa",
  firstName: "Maria",
  lastName: "Costa",
  email: "maria.costa@harbour.example",
  roles: { type: "account", role: "user", locationIds: ["ve9EPM428h8vShlRW1KT"] },
};

/** The people who use the location. */
export const users = [
  action({
    id: "user.list",
    title: "List the users of the location",
    description: "Lists the people who use the location; only the dated versions have it.",
    effect: "reads",
    method: "GET",
    path: { dated: "/users/" },
    input: {},
    fill: { locationId: "query" },
    output: { users: z.array(User) },
    example: { input: {}, output: { users: [EXAMPLE] } },
  }),
  action({
    id: "user.search",
    title: "Search users",
    description: "Finds users of the agency or the location by name, e-mail or role.",
    effect: "reads",
    method: "GET",
    path: "/users/search",
    input: {
      query: optional("Part of a name, e-mail or phone."),
      type: optional("Type of the user, such as account."),
      role: optional("Role of the user, such as admin."),
      ids: optional("Ids of users, with commas."),
      sort: optional("What to sort by, such as dateAdded."),
      sortDirection: z.enum(["asc", "desc"]).optional().describe("Order."),
      limit: upTo(100),
      skip: Skip,
    },
    fill: { companyId: "query", locationId: "query" },
    output: { users: z.array(User), count: Count },
    example: { input: { query: "maria" }, output: { users: [EXAMPLE], count: 1 } },
  }),
  action({
    id: "user.findByEmail",
    title: "Find users by e-mail",
    description: "Finds the users with these e-mail addresses; needs a token of the agency.",
    effect: "reads",
    tokenClass: "agency",
    method: "POST",
    path: "/users/search/filter-by-email",
    input: { emails: required("E-mail addresses, with commas.") },
    fill: { companyId: "body" },
    output: { users: z.array(User), count: Count },
    example: { input: { emails: EXAMPLE.email }, output: { users: [EXAMPLE], count: 1 } },
  }),
  action({
    id: "user.read",
    title: "Read a user",
    description: "Shows one user.",
    effect: "reads",
    method: "GET",
    path: "/users/{userId}",
    input: { userId: UserId },
    output: { user: User },
    bare: "user",
    example: { input: { userId: EXAMPLE.id }, output: { user: EXAMPLE } },
  }),
  action({
    id: "user.create",
    title: "Create a user",
    description: "Makes a new user.",
    effect: "creates",
    method: "POST",
    path: "/users/",
    input: {
      firstName: required("First name."),
      lastName: required("Last name."),
      email: required("E-mail address, with which the user signs in."),
      password: required("First password."),
      phone: optional("Phone number."),
      type: TYPE,
      role: ROLE,
      locationIds: LocationIds,
    },
    fill: { companyId: "body" },
    output: { user: User },
    bare: "user",
    example: {
      input: {
        firstName: "Nuno",
        lastName: "Reis",
        email: "nuno.reis@harbour.example",
        password: "Long-And-Invented-1",
        type: "account",
        role: "user",
        locationIds: ["ve9EPM428h8vShlRW1KT"],
      },
      output: { user: { ...EXAMPLE, name: "Nuno Reis", firstName: "Nuno", lastName: "Reis" } },
    },
  }),
  action({
    id: "user.update",
    title: "Change a user",
    description: "Changes what is given of one user.",
    effect: "changes",
    method: "PUT",
    path: "/users/{userId}",
    input: {
      userId: UserId,
      firstName: optional("First name."),
      lastName: optional("Last name."),
      phone: optional("Phone number."),
      type: TYPE.optional(),
      role: ROLE.optional(),
      locationIds: LocationIds.optional(),
    },
    fill: { companyId: "body" },
    output: { user: User },
    bare: "user",
    example: { input: { userId: EXAMPLE.id, lastName: "Pinto" }, output: { user: { ...EXAMPLE, lastName: "Pinto" } } },
  }),
  action({
    id: "user.delete",
    title: "Delete a user",
    description: "Deletes one user.",
    effect: "deletes",
    method: "DELETE",
    path: "/users/{userId}",
    input: { userId: UserId },
    output: Succeeded,
    example: { input: { userId: EXAMPLE.id }, output: { succeeded: true } },
  }),
];
