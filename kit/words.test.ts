import { expect, test } from "vitest";
import { partnersWords } from "./words.ts";

test.each([
  ["a message", { statusCode: 400, message: "locationId must be a string" }, "locationId must be a string"],
  ["a list of messages", { message: ["a is wrong", "b is wrong"] }, "a is wrong; b is wrong"],
  [
    "an envelope",
    { Status: "failure", Error: { Name: "X", Message: "Last Name is required" } },
    "Last Name is required",
  ],
  ["an OAuth error", { error: "invalid_grant", error_description: "Token has been used" }, "Token has been used"],
  ["a page", "<html><b>Bad</b>\n Gateway</html>", "Bad Gateway"],
  ["nothing", undefined, ""],
  ["numbers only", { code: 17 }, ""],
])("K7 the words of a refusal are found in %s", (_what, body, expected) => {
  expect(partnersWords(body)).toBe(expected);
});

test.each([
  ["an e-mail", "ana.silva@example.com is taken", "(an e-mail) is taken"],
  ["a phone", "number +1 (201) 555-0123 exists", "number (a number) exists"],
  ["a private token", "token pit-1234-abcd is old", "token (a token) is old"],
  ["a JWT", "eyJhbGciOi.eyJzdWIi.c2ln is old", "(a token) is old"],
  ["a bearer", "got Bearer abc.def", "got (a token)"],
  ["the secret that was sent", "key hunter2hunter2 refused", "key … refused"],
])("K8 %s never reaches a message", (_what, text, expected) => {
  expect(partnersWords(text, ["hunter2hunter2"])).toBe(expected);
});

test("K8 long words are clipped", () => {
  expect(partnersWords("word ".repeat(1_000)).length).toBeLessThanOrEqual(240);
});
