import type { Browser, Page } from "playwright-core";

/** One person's visit in a browser of their own, watched. */
export interface Visit {
  readonly page: Page;
  /** What went wrong unseen: errors on the console, broken page rules, requests to other hosts, failed scripts. */
  readonly wrongs: () => readonly string[];
  readonly end: () => Promise<void>;
}

/** Opens an empty page in a fresh context: no cookies, a window of 1280 by 800, English, UTC. */
export async function beginVisit(browser: Browser, hubUrl: string): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 800 },
    locale: "en-GB",
    timezoneId: "UTC",
    colorScheme: "light",
    reducedMotion: "reduce",
  });
  const page = await context.newPage();
  const wrongs: string[] = [];
  watch(page, new URL(hubUrl).host, (what) => wrongs.push(what));
  return { page, wrongs: () => wrongs, end: () => context.close() };
}

/** A refused sign-in is answered 401, and browsers put every such answer on the console: that one is as it should be. */
const EXPECTED = /^Failed to load resource: .* 401 /;

function watch(page: Page, host: string, tell: (what: string) => void): void {
  page.on("console", (message) => {
    const isWrong = message.type() === "error" || message.type() === "warning";
    if (isWrong && !EXPECTED.test(message.text())) tell(`console: ${message.text()}`);
  });
  page.on("pageerror", (error) => tell(`script: ${error.message}`));
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (url.protocol.startsWith("http") && url.host !== host) tell(`another host: ${request.url()}`);
  });
  page.on("response", (response) => {
    if (response.status() >= 500) tell(`answer ${response.status()}: ${response.url()}`);
  });
}
