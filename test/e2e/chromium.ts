import { execFile } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import { z } from "zod";
import { ROOT } from "../source.ts";

const run = promisify(execFile);

/**
 * Starts a browser on any Linux machine of the usual kind, as any user, with nothing installed: Chromium comes inside
 * the npm package `@sparticuz/chromium`, and so do the few libraries and the font that a bare machine lacks.
 * Elsewhere `CHROMIUM_PATH` names one that is there.
 */
export async function startBrowser(): Promise<Browser> {
  const own = process.env.CHROMIUM_PATH;
  if (own !== undefined && own !== "") return chromium.launch({ executablePath: own });
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("The browser in the npm package runs on Linux x64 only: set CHROMIUM_PATH to a Chromium of yours.");
  }
  const folder = await unpacked();
  return chromium.launch({
    executablePath: join(folder, "chromium"),
    env: { ...process.env, ...(await surroundings(folder)) },
    // The package's own list of arguments is for rented functions: among others it runs everything in one process, which
    // takes the browser along when a page closes, and it switches off the web's security, which we want to see at work.
    // Chromium's sandbox cannot be had as root, and the pages are our own.
    args: ["--no-sandbox", "--disable-gpu", "--font-render-hinting=none"],
  });
}

/** The folder with the browser, unpacked once per version. It appears as a whole or not at all, however many ask. */
async function unpacked(): Promise<string> {
  const cache = join(ROOT, "node_modules", ".cache");
  const folder = join(cache, `kith-chromium-${packageVersion()}`);
  if (existsSync(folder)) return folder;
  mkdirSync(cache, { recursive: true });
  const halfway = mkdtempSync(`${folder}-`);
  await unpackInto(halfway);
  writeFileSync(join(halfway, "fonts.conf"), fontsOf(folder));
  try {
    renameSync(halfway, folder);
  } catch (error) {
    // Another test was faster: what it has put there is the same.
    rmSync(halfway, { recursive: true, force: true });
    if (!existsSync(folder)) throw error;
  }
  return folder;
}

function packageVersion(): string {
  const text = readFileSync(join(ROOT, "node_modules", "@sparticuz", "chromium", "package.json"), "utf8");
  return z.object({ version: z.string() }).parse(JSON.parse(text)).version;
}

/**
 * The package unpacks into the folder for temporary files, and brings its libraries along only where it believes to be
 * in a rented function; so a process of its own is told both.
 */
async function unpackInto(folder: string): Promise<void> {
  const script = 'import chromium from "@sparticuz/chromium"; await chromium.executablePath();';
  await run(process.execPath, ["--input-type=module", "--eval", script], {
    cwd: ROOT,
    env: { ...process.env, TMPDIR: folder, AWS_EXECUTION_ENV: "AWS_Lambda_nodejs22.x" },
  });
}

/** The machine's own fonts, and beside them the package's, for machines that have none. */
function fontsOf(folder: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(folder, "fonts")}</dir>
  <cachedir>${join(folder, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

/** The machine's own libraries where they suffice, else with the package's before them. */
async function surroundings(folder: string): Promise<Record<string, string>> {
  const fonts = { FONTCONFIG_FILE: join(folder, "fonts.conf") };
  const isEnough = await run(join(folder, "chromium"), ["--version"]).then(
    () => true,
    () => false,
  );
  return isEnough ? fonts : { ...fonts, LD_LIBRARY_PATH: join(folder, "al2023", "lib") };
}
