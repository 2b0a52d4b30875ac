import { findOrInstall } from '../../test/e2e/real/system-binary.ts';
import puppeteer from 'puppeteer-core';

const WIDTH_PX = 1600;

/** A browser that draws dashboards; `photograph` resolves to the PNG and to what went wrong on the way. */
export async function openBrowser(pageUrl) {
  const chromium = findOrInstall({
    names: ['chromium', 'chromium-browser', 'google-chrome'],
    debianPackage: 'chromium',
  });
  if (chromium === undefined) throw new Error('There is no chromium on the PATH.');
  const browser = await puppeteer.launch({
    executablePath: chromium,
    args: [
      '--no-sandbox',
      '--disable-dev-shm-usage',
      '--force-color-profile=srgb',
      '--font-render-hinting=none',
      '--lang=en-GB',
    ],
    env: { ...process.env, TZ: 'UTC' },
  });
  return {
    async photograph(request) {
      const page = await browser.newPage();
      try {
        const thrown = [];
        page.on('pageerror', (error) => thrown.push(`the page threw ${error.stack ?? error}`));
        await page.setViewport({ width: WIDTH_PX, height: 2400 });
        await page.goto(pageUrl);
        // Sent as text: what is passed as a value is checked for cycles at every depth.
        const report = await page.evaluate(
          (text) => globalThis.renderDashboard(JSON.parse(text)),
          JSON.stringify({ ...request, width: WIDTH_PX }),
        );
        const element = await page.$('#dashboard');
        const png = await element.screenshot({ type: 'png' });
        return { png, ...report, problems: [...report.problems, ...thrown] };
      } finally {
        await page.close();
      }
    },
    close: () => browser.close(),
  };
}
