import { expect, test } from "vitest";
import { drawn, words } from "../../stories/draw.tsx";
import { FirstWorkspaceView, workspaceIdOf } from "./view.tsx";

test("UI148 a hub without a workspace asks for a name, and says the other way as well", () => {
  const view = <FirstWorkspaceView onCreate={async () => ""} />;
  expect(words(view)).toContain("This hub has no workspace yet");
  expect(words(view)).toContain("kith -- apply workspace.yaml");
  expect(drawn(view)).toContain('aria-disabled="true"');
});

test.each([
  ["Harbour Dental", "harbour-dental"],
  ["Åse & Søn", "ase-s-n"],
  ["牙科", "workspace"],
  ["x".repeat(60), "x".repeat(40)],
])("UI148 the id of a workspace is made of its name: %s", (name, id) => {
  expect(workspaceIdOf(name)).toBe(id);
});
