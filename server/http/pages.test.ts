import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { aHub, type Scene } from "../scene.ts";

const folder = mkdtempSync(join(tmpdir(), "kith-pages-"));
let scene: Scene;
beforeAll(async () => {
  mkdirSync(join(folder, "assets"));
  writeFileSync(join(folder, "index.html"), "<title>Kith</title>");
  writeFileSync(join(folder, "assets", "app-1a2b.js"), "export {};");
  scene = await aHub({ pagesFolder: folder });
});
afterAll(async () => {
  await scene.hub.stop();
  rmSync(folder, { recursive: true, force: true });
});

const get = (path: string) => fetch(scene.hub.listensAt + path);

describe("pages", () => {
  test.each(["/", "/records", "/records/01hq?tab=history"])(
    "A50 %s is the start page, asked for anew each time",
    async (path) => {
      const response = await get(path);
      expect([response.status, await response.text()]).toEqual([200, "<title>Kith</title>"]);
      expect(response.headers.get("cache-control")).toBe("no-cache");
    },
  );

  test("A51 a page may run the hub's own scripts only, and may not be framed", async () => {
    const policy = (await get("/")).headers.get("content-security-policy") ?? "";
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain("unsafe-eval");
  });

  test("A52 a built asset may be kept for ever", async () => {
    const response = await get("/assets/app-1a2b.js");
    expect(response.status).toBe(200);
    expect(response.headers.get("cache-control")).toContain("immutable");
  });

  test.each(["/assets/gone.js", "/api/nope", "/hooks/nope"])("A53 %s is not the start page", async (path) => {
    const response = await get(path);
    expect(await response.text()).not.toContain("<title>");
    expect(response.status).toBe(404);
  });

  test("A54 without a built dashboard the start page says how to build it", async () => {
    const bare = await aHub();
    const response = await fetch(bare.hub.listensAt);
    expect([response.status, await response.text()]).toEqual([503, expect.stringContaining("npm run build")]);
    await bare.hub.stop();
  });
});
