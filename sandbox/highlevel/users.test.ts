import { expect, test } from "vitest";
import { receiving, setUp } from "./testing.ts";

const ROSA = "usr00000000000000001";

const PERSON = {
  firstName: "Ida",
  lastName: "Falk",
  email: "ida@harbourlight.example",
  password: "a long one",
  type: "account",
  role: "user",
};

test("EH310 the location's users are listed under a dated version, and not under v3", async () => {
  const { call, locationId } = setUp();
  const path = `/users/?locationId=${locationId}`;
  const { users } = (await call("GET", path)).body;
  expect(users).toHaveLength(3);
  expect(users[0]).toMatchObject({
    id: ROSA,
    name: "Rosa Linden",
    email: "rosa@harbourlight.example",
    roles: { type: "account", role: "admin", locationIds: [locationId] },
    deleted: false,
  });
  expect((await call("GET", path, undefined, { version: "v3" })).body.message).toBe("Cannot GET /users/");
});

test("EH311 users are searched by company, words, role and id, and paged", async () => {
  const { call, emulator } = setUp();
  const company = emulator.location.companyId;
  const names = async (more: string) => {
    const { body } = await call("GET", `/users/search?companyId=${company}&${more}`);
    return [body.users.map(({ firstName }: { firstName: string }) => firstName), body.count];
  };
  expect(await names("query=okafor")).toEqual([["Tom"], 1]);
  expect(await names("role=user&sort=firstName&sortDirection=asc")).toEqual([["Mai", "Tom"], 2]);
  expect(await names(`ids=${ROSA}`)).toEqual([["Rosa"], 1]);
  expect(await names("skip=1&limit=1")).toEqual([["Tom"], 3]);
  expect((await call("GET", "/users/search")).status).toBe(422);
  expect((await call("GET", "/users/search?companyId=another")).status).toBe(400);
});

test("EH312 users are found by their e-mails, in any letters, with a token of the agency", async () => {
  const { call, emulator } = setUp();
  const body = { companyId: emulator.location.companyId, emails: "ROSA@harbourlight.example, nobody@x.example" };
  const path = "/users/search/filter-by-email";
  expect((await call("POST", path, body)).status).toBe(401);
  const authorization = `Bearer ${emulator.access.issuePrivate(undefined, "Company").value}`;
  expect((await call("POST", path, body, { authorization })).body).toMatchObject({
    count: 1,
    users: [{ id: ROSA }],
  });
});

test("EH313 a user is made, read, changed and deleted without an envelope, and each sends its event", async () => {
  const { call, emulator, locationId, told } = receiving();
  const body = { ...PERSON, companyId: emulator.location.companyId, locationIds: [locationId] };
  const made = await call("POST", "/users/", body);
  expect([made.status, made.body.name]).toEqual([201, "Ida Falk"]);
  expect(made.text).not.toContain(PERSON.password);
  const one = `/users/${made.body.id}`;
  expect((await call("PUT", one, { role: "admin" })).body.roles.role).toBe("admin");
  expect((await call("GET", one)).body.email).toBe(PERSON.email);
  expect((await call("DELETE", one)).body.succeded).toBe(true);
  expect((await call("GET", one)).status).toBe(404);
  expect((await told()).map(({ type }) => type)).toEqual(["UserCreate", "UserUpdate", "UserDelete"]);
});

test("EH314 a user with something missing, or with another's e-mail, is refused", async () => {
  const { call, emulator, locationId } = setUp();
  const { password, ...incomplete } = PERSON;
  const body = { ...incomplete, companyId: emulator.location.companyId, locationIds: [locationId] };
  expect((await call("POST", "/users/", body)).body.message).toContain("password must be a string");
  const taken = { ...body, password, email: "tom@harbourlight.example" };
  expect((await call("POST", "/users/", taken)).status).toBe(400);
});
