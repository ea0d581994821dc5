import { expect, test } from "vitest";
import { words } from "../../stories/draw.tsx";
import { SignInView } from "./view.tsx";

test("UI13 signing in says where the link is and how to get another", () => {
  const text = words(<SignInView />);
  expect(text).toContain("Kith prints the link in its terminal");
  expect(text).toContain("npm run kith -- link");
  expect(text).not.toContain("does not work any more");
});

test("UI13 a link that was used or is too old is told as such", () => {
  expect(words(<SignInView error="INVALID_TOKEN" />)).toContain("That link does not work any more");
});
