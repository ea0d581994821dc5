import { createHash } from "node:crypto";
import type { Side } from "../../model/record.ts";
import type { MappingSide } from "../mapping/compile.ts";
import type { KeptMapping, Sync } from "../ports.ts";

/**
 * What is kept of a mapping, so that what was decided under it can be decided anew. Its version names its content: the
 * same rows, policies and catalogues have the same one, whenever and wherever they come together. Pure.
 */
export function keptMapping(sync: Sync, { left, right }: Readonly<Record<Side, MappingSide>>): KeptMapping {
  const { workspaceId: _, version: __, isPaused: ___, ...config } = sync;
  const content = { config, left, right };
  return { syncId: sync.id, version: versionOf(content), ...content };
}

const VERSION_LENGTH = 16;

function versionOf(content: object): string {
  return createHash("sha256").update(JSON.stringify(content)).digest("base64url").slice(0, VERSION_LENGTH);
}
