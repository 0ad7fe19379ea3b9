// What could not be sent is on the laptop's disk: a killed browser loses nothing, line or not.

import { Chromium } from "../chromium";
import { keepOpen, openQuestion, written } from "../desk";
import { Device } from "../device";
import { expect, inWords, teams, test } from "../server";

test.use({ game: inWords });

const team = teams[0];

for (const upgrades of ["passed", "forbidden"] as const) {
  for (const laptops of [1, 2]) {
    test(`killed without a line (upgrades: ${upgrades}, laptops: ${laptops})`, async ({ server, guest }) => {
      const desk = await server.desk(await guest());
      const line = await server.line();
      line.upgrades = upgrades;
      const browsers = Array.from({ length: laptops }, (_, at) => new Chromium(server.profile(`laptop ${at}`), async () => {}));
      const open = async (browser: Chromium) => {
        const device = new Device(await browser.open(), line);
        await device.load();
        return device;
      };
      // A browser writes its cookies to disk now and then; closed in good order, it has.
      for (const browser of browsers) {
        await server.logIn(await browser.open(), team, line);
        await browser.close();
      }
      const devices = await Promise.all(browsers.map(open));
      await openQuestion(desk);
      const letGo = keepOpen(desk);
      for (const [at, device] of devices.entries()) {
        await device.type(`[online ${at}]`);
        await expect(device.status).toHaveText("Saved");
      }
      line.door = "refused";
      line.cut();
      await Promise.all(
        devices.map(async (device, at) => {
          await expect(device.status).toHaveText(/Reconnecting|Offline/);
          await device.type(`[offline ${at}]`);
          await expect(device.page.getByText("it is kept as long as this window is open")).toBeVisible();
          await browsers[at].kill();
        }),
      );
      line.mend();
      line.upgrades = upgrades;
      const again = await Promise.all(browsers.map(open));
      await expect(async () => {
        const text = (await written(desk, team.name).textContent()) ?? "";
        for (const at of devices.keys()) {
          for (const part of [`[online ${at}]`, `[offline ${at}]`]) expect(text.split(part)).toHaveLength(2);
        }
        for (const device of again) await expect(device.field).toHaveValue(text, { timeout: 500 });
      }).toPass({ timeout: 20_000 });
      await letGo();
      await Promise.all(browsers.map((browser) => browser.close()));
    });
  }
}

test("logging out with something unsaved warns first, and then gives it up", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const line = await server.line();
  const page = await (await guest()).newPage();
  await server.logIn(page, team, line);
  const device = new Device(page, line);
  await openQuestion(desk);
  await device.type("kept");
  await expect(device.status).toHaveText("Saved");
  // Only the link is dead: requests pass, so that logging out does.
  line.upgrades = "forbidden";
  await page.route("**/link/**", (route) => route.abort());
  line.cut();
  await expect(device.status).toHaveText(/Reconnecting|Offline/);
  await device.type(" given up");
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByText("Not everything you typed is saved yet")).toBeVisible();
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("textbox", { name: "Password" })).toBeVisible();
  await page.unroute("**/link/**");
  await server.logIn(page, team, line);
  await expect(device.field).toHaveValue("kept");
  await expect(device.status).toHaveText("Saved");
});

/** What a page promises of what it cannot send, by what its browser says of its disk. */
const promises = {
  "a browser that keeps what it is given": {
    prepare: () => {
      const storage = { persisted: async () => true };
      Object.defineProperty(navigator, "storage", { value: storage });
    },
    words: "Keep typing: it is kept on this laptop and sent when the line is back.",
  },
  "a browser that does not say, as any private window": {
    prepare: () => {},
    words: "Keep typing: it is kept as long as this window is open, and sent when the line is back.",
  },
  "a browser without a disk": {
    prepare: () => Object.defineProperty(window, "indexedDB", { value: undefined }),
    words: "Keep typing: it is sent when the line is back. Do not close this page.",
  },
};

for (const [name, { prepare, words }] of Object.entries(promises)) {
  test(`no more is promised than holds: ${name}`, async ({ server, guest }) => {
    const desk = await server.desk(await guest());
    const line = await server.line();
    const context = await guest();
    await context.addInitScript(prepare);
    const device = new Device(await context.newPage(), line);
    await server.logIn(device.page, team, line);
    await openQuestion(desk);
    line.door = "refused";
    line.cut();
    await expect(device.status).toHaveText(/Reconnecting|Offline/);
    await device.type("unsent");
    await expect(device.page.getByText(words)).toBeVisible();
  });
}
