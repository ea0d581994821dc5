import { expect, test } from "vitest";
import { classify, isRefusal } from "./errors.ts";

function answer(status: number, body: unknown) {
  return { method: "GET", path: "/contact/v4/1", status, headers: {}, body };
}

function failure(Name: string, Message = "words") {
  return { Status: "failure", Error: { Code: "4001", Name, Message } };
}

test.each([
  [400, failure("ValidationError", "Last Name is required"), "rejected"],
  [200, failure("ValidationError", "Last Name is required"), "rejected"],
  [403, failure("AuthorizationFailed"), "unauthorized"],
  [401, failure("AuthorizationFailed"), "unauthorized"],
  [403, failure("Access denied"), "forbidden"],
  [404, failure("NoSuchLinkExist"), "misconfigured"],
  [404, failure("ObjectNotFound"), "not_found"],
  [200, failure("ObjectNotFound"), "not_found"],
  [200, failure("RateLimitExceeded"), "rate_limited"],
  [200, failure("InternalServerError"), "unavailable"],
  [404, { Status: "failure", Error: { name: "ObjectNotFound", message: "gone" } }, "not_found"],
  [404, "<html>no such page</html>", "unavailable"],
  [404, undefined, "unavailable"],
  [401, {}, undefined],
  [429, "slow down", undefined],
  [500, undefined, undefined],
])("SM20 status %i with %j is %s (nothing: as its status says)", (status, body, kind) => {
  expect(classify(answer(status, body))?.kind).toBe(kind);
});

test("SM21 a refusal of values keeps Salesmate's words as the issue", () => {
  expect(classify(answer(400, failure("ValidationError", "No such currency exists")))).toEqual({
    kind: "rejected",
    message: "No such currency exists",
    issues: ["No such currency exists"],
  });
});

test.each([
  [{ Status: "success", Data: {} }, false],
  [{ Status: "failure", Error: {} }, true],
  [{ Status: "Failure" }, true],
  [{ hello: 1 }, false],
  [undefined, false],
])("SM22 the envelope %j is a refusal: %s", (body, expected) => {
  expect(isRefusal(body)).toBe(expected);
});
