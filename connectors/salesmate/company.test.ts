import { expect, test } from "vitest";
import { COMPANY } from "./company.ts";
import { Settings } from "./settings.ts";

const settings = Settings.parse({ linkname: "harbourlight", ownerId: 2 });

test("SM81 a company without a name is sent with the placeholder, which is read back as no name", () => {
  const clear = { name: { kind: "clear" } } as const;
  const body = COMPANY.updateBody(clear, { name: "Silva Tiles", ownerId: 7 }, [], settings);
  expect(body).toEqual({ name: "(no title)", owner: 7 });
  const seen = COMPANY.snapshotsOf([], settings)({ id: 1, ...body }, "direct");
  expect(seen?.fields).toMatchObject({ name: "", ownerId: 7 });
});
