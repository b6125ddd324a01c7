import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";

/** `faults`: errors of the console, and requests that leave the site or find nothing. */
export type Tab = { page: Page; faults: string[] };

/** `overflow`: pixels that do not fit; `links`: URLs of the site's own, whole. */
export type Content = {
  title: string;
  background: string;
  overflow: number;
  tooWide: string[];
  ids: string[];
  links: string[];
};

type Device = { viewport: { width: number; height: number }; colorScheme: "light" | "dark" };

export const ORIGIN = "http://site.example";
export const PHONE: Device = { viewport: { width: 360, height: 740 }, colorScheme: "light" };
export const DESKTOP: Device = { viewport: { width: 1440, height: 900 }, colorScheme: "dark" };

/** A new tab that has the files of a folder at ORIGIN, and no network. */
export async function openTab(browser: Browser, folder: string, device: Device): Promise<Tab> {
  const page = await browser.newPage(device);
  const faults: string[] = [];
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  await page.route("**/*", async (route) => {
    const url = route.request().url();
    const file = fileAt(folder, url);
    if (url.startsWith(ORIGIN) && existsSync(file)) return await route.fulfill({ path: file });
    faults.push(`request of ${url}`);
    return await route.abort();
  });
  return { page, faults };
}

/** The file of a URL in the site's folder. */
export function fileAt(folder: string, url: string): string {
  const path = decodeURI(new URL(url).pathname);
  return join(folder, path.endsWith("/") ? join(path, "index.html") : path);
}

/** What is in a page; of tables and code, which scroll in themselves, only the outside can be too wide. */
export async function contentOf(page: Page): Promise<Content> {
  return await page.evaluate(() => {
    const all = (selector: string) => [...document.querySelectorAll<HTMLElement>(selector)];
    const width = document.documentElement.clientWidth;
    const texts = all(".vp-doc *").filter((element) => element.parentElement?.closest("table, pre, svg") === null);
    const tooWide = texts.filter((element) => element.getBoundingClientRect().right > width);
    return {
      // Without the heading's link to itself.
      title: document.querySelector("h1")?.innerText.replace("\u200b", "").trim() ?? "",
      background: getComputedStyle(document.body).backgroundColor,
      overflow: document.documentElement.scrollWidth - width,
      tooWide: tooWide.map(({ outerHTML }) => outerHTML),
      ids: all("[id]").map(({ id }) => id),
      links: all("a[href]")
        .map((link) => (link as HTMLAnchorElement).href)
        .filter((href) => href.startsWith(location.origin)),
    };
  });
}
