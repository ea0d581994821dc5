import { connectorById, importApi } from "../connectors/index.ts";
import { bigDocument } from "../test/bigDocument.ts";
import type { Row } from "./table.ts";

const COUNT = 200;
const LIMIT_MS = 5_000;

/** A document of 200 requests that nobody has seen before, made a connector with all of them in its catalogue. */
export async function benchImporting(): Promise<Row[]> {
  const text = bigDocument(COUNT);
  const startedAt = performance.now();
  const { declaration } = await importApi(text);
  const entries = connectorById("yourapp")?.describedBy?.({ app: declaration, writing: false })?.operations ?? [];
  const ms = performance.now() - startedAt;
  return [
    {
      what: `an OpenAPI document of ${COUNT} requests becomes a connector`,
      figure: `${ms.toFixed(0)} ms; ${entries.length} listed`,
      toReach: `${LIMIT_MS / 1_000} s, all listed`,
      isReached: ms < LIMIT_MS && entries.length === COUNT,
    },
  ];
}
