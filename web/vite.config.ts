import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";
import { inventedHub } from "./dev/plugin.ts";

/**
 * Builds the dashboard into web/dist, which the hub serves at `/`.
 *
 * `vite web` serves it from source against a hub on port 4680; `vite web --mode invented` needs no hub at all: an
 * invented one with invented people answers. No asset is inlined, because the hub's content policy allows files of its
 * own origin only.
 */
export default defineConfig(({ mode }) => ({
  root: import.meta.dirname,
  plugins: [react(), ...(mode === "invented" ? [inventedHub()] : [])],
  build: { outDir: "dist", emptyOutDir: true, assetsInlineLimit: 0, chunkSizeWarningLimit: 700 },
  ...(mode === "invented" ? {} : { server: { proxy: { "/api": "http://127.0.0.1:4680" } } }),
}));
