import { readApp, tryApp } from "../../apps/index.ts";
import type { Handlers } from "../serveRoute.ts";
import { type HandlerParts, workspaceOf } from "./parts.ts";

/** Connecting an app of the user's own: reading what it is described by, and trying it. */
export function appHandlers(parts: HandlerParts): Pick<Handlers, "readApp" | "tryApp"> {
  const { clock, registry, guarded } = parts;
  return {
    readApp: ({ body }) => readApp(body, { clock, dispatcher: guarded }),
    tryApp: async ({ params: { workspaceId }, body }) => {
      await workspaceOf(parts.store, workspaceId);
      return tryApp({ clock, openTrial: registry.openTrial }, workspaceId, body);
    },
  };
}
