import { expect, test } from "vitest";
import { createSandboxControl } from "./sandboxControl.ts";
import { aHub, aWorkspace } from "./scene.ts";

test("A18 a hub between emulators takes no workspace but its own", async () => {
  const sandbox = createSandboxControl({ highlevel: "http://127.0.0.1:9", salesmate: "http://127.0.0.1:9" }, fetch);
  const scene = await aHub({ sandbox });
  const put = (id: string) =>
    fetch(`${scene.hub.listensAt}/api/workspaces/${id}`, {
      method: "PUT",
      headers: { "content-type": "application/json", authorization: `Bearer ${scene.token()}` },
      body: JSON.stringify({ ...aWorkspace(), workspace: { id, name: "Acme" } }),
    });
  const refused = await put("acme");
  expect(refused.status).toBe(422);
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining("npm run kith -- serve") });
  expect(await scene.store.workspaces()).toEqual([]);
  expect((await put("sandbox")).status).toBe(200);
  await scene.hub.stop();
});
