import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "../../layer/paths.ts";
import { buildSite } from "../../site/build-site.ts";
import { pagePath } from "../../site/repository-links.ts";
import { PAGES } from "../../site/sidebar.ts";
import { missingChromium, startChromium } from "../support/chromium.ts";
import { readDocument } from "../support/documents.ts";
import { describeUnless } from "../support/needs.ts";
import { oncePerSources } from "../support/once.ts";
import { type Content, contentOf, DESKTOP, fileAt, ORIGIN, openTab, PHONE, type Tab } from "../support/site.ts";

const DOCS = readdirSync(join(ROOT, "docs")).map((name) => `docs/${name}`);
const TEST = ["test/site", "test/support/site.ts", "test/support/chromium.ts", "test/tools/chromium"];
const BUILD_MS = 600_000;

/** VitePress's backgrounds. */
const LIGHT = "rgb(255, 255, 255)";
const DARK = "rgb(27, 27, 31)";

it("the sidebar has every page of docs/", () => {
  expect(PAGES).toEqual(expect.arrayContaining(DOCS.filter((name) => name.endsWith(".md"))));
});

describeUnless(missingChromium(), "the site", () => {
  const sources = [...new Set(["site", ...TEST, ...PAGES, ...DOCS])];
  it("can be read on a phone, in the dark, and searched", () => oncePerSources("site", sources, useSite), BUILD_MS);
});

async function useSite(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "site-"));
  buildSite(folder, []);
  const browser = await startChromium();
  try {
    await readAll(await openTab(browser, folder, PHONE), { background: LIGHT });
    const contents = await readAll(await openTab(browser, folder, DESKTOP), { background: DARK });
    expect(brokenLinks(contents, folder)).toEqual([]);
    await search(await openTab(browser, folder, DESKTOP));
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true });
  }
}

async function readAll({ page, faults }: Tab, expected: Partial<Content>): Promise<Map<string, Content>> {
  const contents = new Map<string, Content>();
  for (const file of PAGES) {
    const url = urlOf(file);
    await page.goto(url, { waitUntil: "networkidle" });
    const content = await contentOf(page);
    const always = { title: titleOf(file), overflow: 0, tooWide: [] };
    expect({ file, ...content }).toMatchObject({ file, ...always, ...expected });
    contents.set(url, content);
  }
  expect(faults).toEqual([]);
  return contents;
}

async function search({ page, faults }: Tab): Promise<void> {
  await page.goto(urlOf("README.md"), { waitUntil: "networkidle" });
  await page.keyboard.press("/");
  await page.locator("#localsearch-input").fill("AccessDenied");
  await page.locator(".results a").first().click();
  await page.waitForURL(`${urlOf("docs/errors.md")}#accessdenied`);
  await page.locator("#accessdenied").waitFor();
  expect(faults).toEqual([]);
}

function urlOf(file: string): string {
  const path = pagePath(file).replace(/(?:^|(?<=\/))index\.md$/, "");
  return `${ORIGIN}/${path.replace(/\.md$/, ".html")}`;
}

/** A page's heading without its marks. */
function titleOf(file: string): string {
  const [, title = ""] = /^# (.*)$/m.exec(readDocument(file)) ?? [];
  return title.replaceAll("`", "");
}

/** Links to a file that is not there, or to an anchor that its page does not have. */
function brokenLinks(contents: Map<string, Content>, folder: string): string[] {
  const links = [...contents.values()].flatMap((content) => content.links);
  return [...new Set(links)].filter((link) => {
    const [url = "", anchor] = link.split("#");
    const ids = contents.get(url)?.ids ?? [];
    return !existsSync(fileAt(folder, url)) || (anchor !== undefined && !ids.includes(decodeURIComponent(anchor)));
  });
}
