import { useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { type Acts, createActs, createSandboxActs, type SandboxActs } from "../api/mutations.ts";
import { useHub } from "./hub.tsx";

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** What changes the hub, ready to use. */
export function useActs(): Acts {
  const { call, workspaceId } = useHub();
  const client = useQueryClient();
  return useMemo(() => createActs({ call, workspaceId }, client, pause), [call, workspaceId, client]);
}

/** What a person does inside the emulated partners, ready to use. */
export function useSandboxActs(): SandboxActs {
  const { call, workspaceId } = useHub();
  const client = useQueryClient();
  return useMemo(() => createSandboxActs({ call, workspaceId }, client), [call, workspaceId, client]);
}
