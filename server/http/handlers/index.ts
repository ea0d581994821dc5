import type { Handlers } from "../serveRoute.ts";
import { appHandlers } from "./apps.ts";
import { connectionHandlers } from "./connections.ts";
import { decisionHandlers } from "./decisions.ts";
import { fieldHandlers } from "./fields.ts";
import { historyHandlers } from "./history.ts";
import { keptHandlers } from "./kept.ts";
import { operationHandlers } from "./operations.ts";
import type { HandlerParts } from "./parts.ts";
import { pauseHandlers } from "./pausing.ts";
import { recordHandlers } from "./records.ts";
import { sandboxHandlers } from "./sandbox.ts";
import { startHandlers } from "./starts.ts";
import { syncHandlers } from "./syncs.ts";
import { transcriptHandlers } from "./transcripts.ts";
import { workspaceHandlers } from "./workspaces.ts";

export type { HandlerParts } from "./parts.ts";

/** A handler for every route of the API. */
export function createHandlers(parts: HandlerParts): Handlers {
  return {
    ...workspaceHandlers(parts),
    ...connectionHandlers(parts),
    ...appHandlers(parts),
    ...syncHandlers(parts),
    ...startHandlers(parts),
    ...fieldHandlers(parts),
    ...pauseHandlers(parts),
    ...operationHandlers(parts),
    ...keptHandlers(parts),
    ...transcriptHandlers(parts),
    ...recordHandlers(parts),
    ...decisionHandlers(parts),
    ...historyHandlers(parts),
    ...sandboxHandlers(parts),
  };
}
