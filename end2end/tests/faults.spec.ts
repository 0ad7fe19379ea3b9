// Lines, servers and browsers that fail under the hands; the text does not.

import type { BrowserContext, Page } from "@playwright/test";
import { Chance, seeded } from "../chance";
import { Chromium } from "../chromium";
import { keepOpen, openQuestion, row, written } from "../desk";
import { Device } from "../device";
import { expect, type TestServer, inWords, teams, test } from "../server";
import { Letters } from "../letters";
import { perform } from "../perform";
import { draw } from "../plan";
import { innocent, Witness } from "../witness";

test.use({ game: inWords });

const team = teams[0];
const plans = Number(process.env.QUIZWIRE_PLANS ?? 1);

/** A laptop of the team, logged in, with a line of its own. */
async function atLine(server: TestServer, context: BrowserContext, seed = 0) {
  const line = await server.line(seed);
  const device = new Device(await context.newPage(), line);
  await server.logIn(device.page, team, line);
  return { device, line };
}

/** Every page and the wall show one text, and every page says that it is saved. */
async function agreed(desk: Page, devices: Device[], check: (text: string) => void): Promise<void> {
  await expect(async () => {
    const wall = (await written(desk, team.name).textContent()) ?? "";
    for (const device of devices) {
      await expect(device.field).toHaveValue(wall, { timeout: 1_000 });
      await expect(device.status).toHaveText("Saved", { timeout: 1_000 });
    }
    check(wall);
  }).toPass({ timeout: 30_000 });
  await expect(row(desk, team.name)).not.toContainText("late");
}

test("a slow line that stalls: the text arrives whole", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const { device, line } = await atLine(server, await guest(), 1);
  await openQuestion(desk);
  line.storm();
  await device.type("Slowly, in fits and starts, and whole.");
  await expect(device.status).toHaveText("Saved");
  await agreed(desk, [device], (text) => expect(text).toBe("Slowly, in fits and starts, and whole."));
});

test("five cuts in mid-word: the text is whole", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const { device, line } = await atLine(server, await guest());
  await openQuestion(desk);
  for (const part of ["un", "inter", "rupt", "ed", "ly"]) {
    const typing = device.type(part);
    await device.page.waitForTimeout(60);
    line.cut();
    await typing;
  }
  await agreed(desk, [device], (text) => expect(text).toBe("uninterruptedly"));
});

test("a line that is dead and does not say so: the page notices, and recovers", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const context = await guest();
  const witness = new Witness();
  await witness.watch(context);
  const { device, line } = await atLine(server, context);
  const letters = new Letters(new Chance(1));
  await openQuestion(desk);
  const letGo = keepOpen(desk);
  for (const [up, down] of [[true, true], [true, false], [false, true]]) {
    await device.type(letters.word(5));
    await agreed(desk, [device], (text) => expect(witness.verdict(text)).toEqual(innocent));
    const safe = new Set(witness.put);
    line.up.vanish = up;
    line.down.vanish = down;
    // Keys keep coming: a page that waited for a rest between them would never notice.
    await expect(async () => {
      await device.type(letters.word(1));
      await expect(device.status).toHaveText("Offline", { timeout: 500 });
    }).toPass({ timeout: 20_000 });
    expect([...witness.saved].filter((letter) => !safe.has(letter)), "called saved on a dead line").toEqual([]);
    line.mend();
  }
  await agreed(desk, [device], (text) => expect(witness.verdict(text)).toEqual(innocent));
  await letGo();
});

for (let number = 1; number <= plans; number += 1) {
  test(`plan ${number}: whatever happens, every letter is there once`, async ({ server, guest }) => {
    const chance = seeded();
    const desk = await server.desk(await guest());
    const witness = new Witness();
    const seats = [];
    for (let laptop = 0; laptop < 2; laptop += 1) {
      const context = await guest();
      await witness.watch(context);
      seats.push(await atLine(server, context, chance.between(0, 2 ** 31)));
    }
    const devices = seats.map(({ device }) => device);
    await devices[1].page.goto("about:blank");
    await openQuestion(desk);
    const letGo = keepOpen(desk);
    await perform(draw(chance), devices, seats.map(({ line }) => line), server);
    const check = (text: string) => expect(witness.verdict(text)).toEqual(innocent);
    await agreed(desk, devices, check);
    // What pages show that know nothing is what the journal holds.
    await server.kill();
    await server.start();
    await desk.reload();
    for (const device of devices) await device.load();
    await agreed(desk, devices, check);
    await letGo();
  });
}

for (const laptops of [1, 2]) {
  test(`the browser is killed under the keys (laptops: ${laptops})`, async ({ server, guest }) => {
    const chance = seeded();
    const letters = new Letters(chance);
    const desk = await server.desk(await guest());
    const witness = new Witness();
    const browsers = Array.from(
      { length: laptops },
      (_, laptop) => new Chromium(server.profile(`laptop ${laptop}`), (context) => witness.watch(context)),
    );
    for (const browser of browsers) {
      await server.logIn(await browser.open(), team);
      await browser.close();
    }
    await openQuestion(desk);
    const letGo = keepOpen(desk);
    const open = async (browser: Chromium) => {
      const device = new Device(await browser.open(), server);
      await device.load();
      return device;
    };
    const words = browsers.map(() => letters.word(chance.between(1, 12)));
    await Promise.all(
      browsers.map(async (browser, laptop) => {
        const device = await open(browser);
        for (const letter of words[laptop]) {
          await device.paste(letter);
          // The page may be gone before it says so itself.
          witness.put.add(letter);
        }
        await device.safe(words[laptop].at(-1)!);
        await browser.kill();
      }),
    );
    const devices = await Promise.all(browsers.map(open));
    await agreed(desk, devices, (text) => expect(witness.verdict(text, witness.put)).toEqual(innocent));
    await letGo();
    await Promise.all(browsers.map((browser) => browser.close()));
  });
}
