// Pictures for docs/screenshots: desktop and phone, light and dark.

import { join } from "node:path";
import type { Page } from "@playwright/test";

const folder = join(import.meta.dirname, "../../docs/screenshots");
const sizes = { desktop: { width: 1366, height: 768 }, phone: { width: 390, height: 844 } };
const schemes = ["light", "dark"] as const;

/** Takes a page in every size and scheme, without reloading it. */
export async function shoot(page: Page, name: string): Promise<void> {
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of schemes) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      // Beside many pages a frame may take long: what is on the picture is what was drawn after the change.
      await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
      await page.waitForTimeout(300);
      await page.screenshot({ path: join(folder, `${name}-${size}-${colorScheme}.png`) });
    }
  }
  await page.setViewportSize(sizes.desktop);
}
