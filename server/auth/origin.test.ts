import { describe, expect, test } from "vitest";
import { isOriginTrusted } from "./origin.ts";

const HUB = "https://kith.example";

describe("origin check", () => {
  test.each([
    ["a read from anywhere", "GET", { origin: "https://evil.example" }, true],
    ["a change from the hub's public address", "POST", { origin: HUB, host: "10.0.0.1:4680" }, true],
    [
      "a change from the address it was sent to",
      "PUT",
      { origin: "http://localhost:4680", host: "localhost:4680" },
      true,
    ],
    ["a change with a bearer token", "POST", { authorization: "Bearer abc" }, true],
    ["a change from another site", "POST", { origin: "https://evil.example", host: "kith.example" }, false],
    ["a change without an origin", "DELETE", { host: "kith.example" }, false],
    ["a change from an opaque origin", "POST", { origin: "null", host: "kith.example" }, false],
  ] as const)("A5 %s is judged rightly", (_what, method, headers, isTrusted) => {
    expect(isOriginTrusted({ method, headers }, HUB)).toBe(isTrusted);
  });
});
