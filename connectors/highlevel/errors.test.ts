import { expect, test } from "vitest";
import { classify, isDuplicate, scopeOf } from "./errors.ts";

function answer(status: number, body: unknown, method = "GET", path = "/contacts/c1") {
  return { method, path, status, headers: {}, body };
}

/** Error bodies as clients have met them. */
test.each([
  [401, { statusCode: 401, message: "Invalid token: access token is invalid", error: "Unauthorized" }, undefined],
  [401, { statusCode: 401, message: "Invalid JWT" }, undefined],
  [401, { statusCode: 401, message: "Invalid Private Integration token" }, undefined],
  [401, { statusCode: 401, message: "The token is not authorized for this scope." }, "forbidden"],
  [401, { statusCode: 401, message: "Token's user type mismatch!" }, "forbidden"],
  [
    401,
    { message: "This authClass type is not allowed to access this scope. Please verify your IAM configuration" },
    "forbidden",
  ],
  [401, { statusCode: 401, message: "version header was not found." }, "misconfigured"],
  [401, { statusCode: 401, message: "version header is invalid" }, "misconfigured"],
  [400, { message: "Invalid API version segment 'x' at position 0" }, "misconfigured"],
  [403, { statusCode: 403, message: "The token does not have access to this location." }, "misconfigured"],
  [404, { statusCode: 404, message: "Cannot GET /contacts/c1" }, "misconfigured"],
  [404, { statusCode: 404, message: "Contact not found" }, "not_found"],
  [404, "<html>no such page</html>", "unavailable"],
  [400, { statusCode: 400, message: "Contact with id c1 not found" }, "not_found"],
  [
    400,
    { statusCode: 400, message: "Contacts without email, phone, firstName and lastName are not allowed." },
    "rejected",
  ],
  [400, { statusCode: 400, message: "Not authorized to update permanent dnd setting for SMS" }, "rejected"],
  [
    422,
    { statusCode: 422, message: ["property locationId should not exist"], error: "Unprocessable Entity" },
    "rejected",
  ],
  [429, { message: "Too Many Requests" }, undefined],
  [500, { message: "Internal server error" }, undefined],
])("HL20 status %i with %j is %s (nothing: as its status says)", (status, body, kind) => {
  expect(classify(answer(status, body))?.kind).toBe(kind);
});

test.each([
  ["POST", "/contacts/", 400, "x not found"],
  ["POST", "/contacts/search", 404, "x not found"],
  ["GET", "/locations/l1/customFields", 404, "Location not found"],
])("HL21 %s %s never says that a contact is gone", (method, path, status, message) => {
  expect(classify(answer(status, { message }, method, path))?.kind).not.toBe("not_found");
});

test.each([
  ["GET", "/contacts/c1/notes/n1", 404, "Note not found"],
  ["PUT", "/contacts/c1/tasks/t1", 400, "Task with id t1 not found"],
  ["POST", "/contacts/c1/notes", 400, "Contact with id c1 not found"],
  ["GET", "/contacts/c1/appointments", 404, "Contact not found"],
  ["POST", "/calendars/events/appointments", 404, "Contact not found for id: c1"],
  ["DELETE", "/calendars/events/a1", 400, "Appointment with id a1 not found"],
])("HL92 %s %s can say that what it names is gone", (method, path, status, message) => {
  expect(classify(answer(status, { message }, method, path))?.kind).toBe("not_found");
});

test.each([
  ["POST", "/locations/l1/tasks/search", 404, "Location not found"],
  ["GET", "/contacts/c1/notes/n1", 404, undefined],
])("HL92 %s %s with status %i and the words %s does not say so", (method, path, status, message) => {
  expect(classify(answer(status, { message }, method, path))?.kind).not.toBe("not_found");
});

test("HL22 a missing permission is named", () => {
  const scope = "The token is not authorized for this scope.";
  expect(classify(answer(401, { message: scope }, "PUT"))).toMatchObject({
    kind: "forbidden",
    scope: "contacts.write",
    message: expect.stringContaining("contacts.write"),
  });
});

test.each([
  ["GET", "/contacts/c1", "contacts.readonly"],
  ["POST", "/contacts/search", "contacts.readonly"],
  ["GET", "/contacts/search/duplicate", "contacts.readonly"],
  ["POST", "/contacts/", "contacts.write"],
  ["DELETE", "/contacts/c1/tags", "contacts.write"],
  ["GET", "/locations/l1/customFields", "locations/customFields.readonly"],
  ["GET", "/locations/l1", "locations.readonly"],
  ["GET", "/other", undefined],
])("HL22 %s %s needs the scope %s", (method, path, scope) => {
  expect(scopeOf(method, path)).toBe(scope);
});

test("HL23 each issue of a refusal is kept", () => {
  const message = ["email must be an email", "property gender should not exist"];
  expect(classify(answer(422, { message }, "PUT"))).toEqual({
    kind: "rejected",
    message: "email must be an email; property gender should not exist",
    issues: message,
  });
});

test("HL24 a duplicate is recognised, and told without anybody's name", () => {
  const body = {
    statusCode: 400,
    message: "This location does not allow duplicated contacts.",
    meta: { contactId: "c2", matchingField: "email", contactName: "Ana Silva" },
    traceId: "t-1",
  };
  expect(isDuplicate(answer(400, body, "POST", "/contacts/"))).toBe(true);
  expect(isDuplicate(answer(400, { message: "other" }, "POST", "/contacts/"))).toBe(false);
  const classified = classify(answer(400, body, "PUT"));
  expect(classified).toMatchObject({ kind: "rejected", message: expect.stringContaining("same email") });
  expect(JSON.stringify(classified)).not.toContain("Ana");
});

test("HL106 a token of the wrong kind is told so, and no permission is said to be missing", () => {
  const classified = classify(answer(401, { message: "Token's user type mismatch!" }));
  expect(classified).toMatchObject({ kind: "forbidden", message: expect.stringContaining("another kind") });
  expect(classified).not.toHaveProperty("scope");
});
