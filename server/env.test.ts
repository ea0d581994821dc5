import { describe, expect, test } from "vitest";
import { addressOf, readEnv, VARIABLES } from "./env.ts";

describe("environment", () => {
  test("X1 an empty environment gives the documented defaults", () => {
    const env = readEnv({});
    expect(env).toEqual({
      host: "127.0.0.1",
      port: 4680,
      dataDir: "data",
      storeUrl: "sqlite:data/kith.db",
      ownerEmail: VARIABLES.KITH_OWNER_EMAIL.fallback,
      keepDays: 30,
      tombstoneDays: 365,
      logLevel: "info",
    });
    expect(addressOf(env)).toBe("http://127.0.0.1:4680");
  });

  test("X1 an empty value counts as not set", () => {
    expect(readEnv({ KITH_PORT: "", KITH_URL: "" })).toEqual(readEnv({}));
  });

  test.each([
    ["KITH_PORT", "70000"],
    ["KITH_PORT", "4680x"],
    ["KITH_URL", "ftp://kith.example"],
    ["KITH_STORE", "mysql://here"],
    ["KITH_MASTER_KEY", "short"],
    ["KITH_OWNER_EMAIL", "nobody"],
    ["KITH_METRICS_TOKEN", "tiny"],
    ["KITH_KEEP_DAYS", "0"],
    ["KITH_LOG_LEVEL", "loud"],
  ] as const)("X2 a bad %s is refused in one sentence that names it", (name, value) => {
    const refused = () => readEnv({ [name]: value });
    expect(refused).toThrow(new RegExp(`^The environment variable ${name}\\b[^\\n]*\\.$`));
    expect(refused).toThrow(expect.objectContaining({ kind: "misconfigured" }));
  });

  test("X2 the message about a secret variable never repeats its value", () => {
    expect(() => readEnv({ KITH_MASTER_KEY: "hunter2" })).toThrow(/^((?!hunter2).)*$/);
  });

  test("X3 the store follows the data folder, and the address follows host and port", () => {
    const env = readEnv({ KITH_DATA_DIR: "/srv/kith", KITH_HOST: "0.0.0.0", KITH_PORT: "80" });
    expect(env.storeUrl).toBe("sqlite:/srv/kith/kith.db");
    expect(addressOf(env)).toBe("http://127.0.0.1:80");
    expect(addressOf(readEnv({ KITH_URL: "https://kith.example/" }))).toBe("https://kith.example");
  });
});
