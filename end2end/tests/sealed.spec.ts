// A question cannot be read before its instant, wherever in the browser one looks; nor its solution before it is shown.

import type { BrowserContext, Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { found, LeakSearch, stretches } from "../leak_search";
import { expect, quiz, teams, test } from "../server";

/** Stretches of a text, and of a picture, that nothing else holds. */
const [LETTERS, BYTES] = [14, 24];
/** What the clock of a page beside the server may be off by, on a machine with more to do. */
const CLOCK_MS = 50;

const { picture } = quiz.rounds[1].questions[0];
const question = { ...quiz.rounds[0].questions[0], picture, seconds: 60 };
const game = { title: "Nothing told", rounds: [{ title: "Round", questions: [question] }] };
const root = join(import.meta.dirname, "../..");
const file = readFileSync(join(root, "server/demo", picture.file));
const icon = readFileSync(join(root, "public/icon.svg"));

const texts = [question.prompt, picture.description, ...question.answer.options.map((option: { text: string }) => option.text)];
const words = texts.flatMap((text) => stretches(text, LETTERS));
const solution = stretches<string>(question.explanation, LETTERS);
// But for what drawings have in common.
const pixels = stretches(file.subarray(1_000, 3_000), BYTES).filter((stretch) => !icon.includes(stretch));

/** In which frames a page's document had none of the words, and when it first had one; true milliseconds. */
interface Looked {
  without: number[];
  with?: number;
}

/** Runs in the page, before anything else does: looks at all of it with every change and in every frame. */
function look(words: string[]): void {
  const looked: Looked = { without: [] };
  Object.assign(window, { looked });
  const now = () => performance.timeOrigin + performance.now();
  const isTold = () => {
    const html = document.documentElement?.outerHTML ?? "";
    if (looked.with === undefined && words.some((word) => html.includes(word))) looked.with = now();
    return looked.with !== undefined;
  };
  const everything = { subtree: true, childList: true, characterData: true, attributes: true };
  new MutationObserver(isTold).observe(document, everything);
  const frame = () => {
    if (!isTold()) looked.without.push(now());
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
}

for (const upgrades of ["passed", "forbidden"] as const) {
  test(`nothing can be read before its instant, where upgrades are ${upgrades}`, async ({ server, guest }) => {
    await server.fill(game, { [picture.file]: file });
    const desk = await server.desk(await guest());
    const line = await server.line();
    line.upgrades = upgrades;
    const [play, screen] = [await watched(await guest(), "team"), await watched(await guest(), "screen")];
    await server.logIn(play.page, teams[0], line);
    await screen.page.goto(line.url(await server.screenPath()));
    const all = [play, screen];
    for (const { page } of all) await page.getByText(teams[0].name).first().waitFor();
    const release = await hesitant(await guest(), (page) => server.logIn(page, teams[1]));
    for (const search of all) await search.keep();

    // Everybody waits for one who has not got the picture: all that can be had is there.
    await desk.getByRole("button", { name: "Open question", exact: true }).click();
    await expect(desk.locator(".roll-call")).toContainText("2 of 3 ready");
    for (const search of all) {
      await search.page.getByText("Get ready…").waitFor();
      await search.keep();
    }
    release();
    for (const search of all) {
      await search.page.getByRole("timer", { name: "Opens in" }).waitFor();
      await search.keep();
    }
    for (const { page } of all) await expect(page.getByRole("img", { name: picture.description })).toBeVisible();
    for (const search of all) await search.keep();

    const revealMs = server.revealMs();
    for (const search of all) {
      const [before, after] = [await search.before(), await search.after()];
      const bytes = before.reduce((sum, part) => sum + part.bytes.length, 0);
      console.log(`  ${search.role}, before the key: ${bytes} bytes in ${before.length} answers, frames and stores`);
      expect(found([...words, ...solution, ...pixels], before), "before the key").toEqual([]);
      // All of it was looked at: the sealed picture is there, and what was sealed is found afterwards.
      const carrier = upgrades === "passed" ? "WebSocket" : /^GET \/link\/poll\//;
      expect(before.some(({ what }) => what.match(carrier)), "frames were seen").toBe(true);
      const picture = before.find(({ what, bytes }) => what.includes("/sealed/") && bytes.length > file.length);
      expect(picture, "the sealed picture was seen").toBeDefined();
      expect(before.filter(({ what }) => what === "content")).toHaveLength(3);
      for (const text of texts) {
        expect(found([text], after.filter(({ what }) => what === "content")), "in the page").toHaveLength(1);
        expect(found([text], after.filter(({ what }) => what !== "content")), "in the frames").not.toEqual([]);
      }
      expect(found(solution, after), "before the solution").toEqual([]);

      const looked = await search.page.evaluate(() => (window as unknown as { looked: Looked }).looked);
      const blind = looked.without.filter((ms) => ms > search.keyMs).length;
      const [key, told] = [search.keyMs - revealMs, looked.with! - revealMs].map((ms) => ms.toFixed(1));
      console.log(`  the key at ${key} ms, ${blind} frames without a word of it, the first word at ${told} ms`);
      expect(looked.with, "no word in the page before the instant").toBeGreaterThan(revealMs - CLOCK_MS);
    }
    // The picture's bytes as well would be found, had it been fetched by its open address.
    const [address] = (await play.after()).flatMap(({ bytes }) => /\/media\/\w+/.exec(bytes.toString("latin1")) ?? []);
    await play.page.evaluate(async (address) => (await fetch(address)).arrayBuffer(), address);
    const fetched = (await play.after()).filter(({ what }) => what === `GET ${address}`);
    expect(new Set(found(pixels, fetched)).size).toBe(new Set(pixels.map(String)).size);
  });
}

async function watched(context: BrowserContext, role: "team" | "screen"): Promise<LeakSearch> {
  await context.addInitScript(look, words);
  return new LeakSearch(await context.newPage(), role);
}

/** A laptop that gets no picture until the function that this returns is called. */
async function hesitant(context: BrowserContext, enter: (page: Page) => Promise<void>): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => (release = resolve));
  await context.route("**/sealed/*", async (route) => {
    await released;
    await route.continue();
  });
  const page = await context.newPage();
  await enter(page);
  return release;
}
