import { inject } from "vitest";
import { freshDatabase } from "../test/postgres.ts";
import { describeStore } from "./conformance.ts";
import { openStore } from "./index.ts";

describeStore("PostgreSQL", async () => openStore(await freshDatabase(inject("postgresUrl"))));
