import { MantineProvider } from "@mantine/core";
import type { ReactNode } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { NowProvider } from "../ui/when.tsx";
import { STORY_NOW } from "./builders.ts";

const readStoryNow = (): number => STORY_NOW;

/** What a view draws at `STORY_NOW`, as HTML. */
export function drawn(view: ReactNode): string {
  return renderToStaticMarkup(
    <MantineProvider env="test">
      <NowProvider read={readStoryNow}>{view}</NowProvider>
    </MantineProvider>,
  );
}

/** The words of a drawn view, as a reader meets them: no tags, single spaces. */
export function words(view: ReactNode): string {
  const text = drawn(view)
    .replace(/<style[^>]*>.*?<\/style>/gs, "")
    // Where a word may break it is still one word.
    .replaceAll("<wbr/>", "")
    .replace(/<[^>]+>/g, " ");
  return text.replaceAll("&amp;", "&").replaceAll("&#x27;", "'").replace(/\s+/g, " ").trim();
}
