import { defineConfig } from "vitest/config";

/** Two workers: a machine with two cores runs everything, and the browser and PostgreSQL need room beside them. */
export default defineConfig({
  test: {
    include: ["**/*.test.{ts,tsx}"],
    exclude: ["**/node_modules/**", "web/dist/**", "data/**"],
    environment: "node",
    globalSetup: ["test/postgres.ts"],
    pool: "forks",
    maxWorkers: 2,
    // Generous, because a busy machine is no fault of the code; tests wait for events, never for time to pass.
    testTimeout: 20_000,
    hookTimeout: 60_000,
    restoreMocks: true,
    unstubEnvs: true,
    unstubGlobals: true,
    allowOnly: false,
  },
});
