// The last seconds of a question: what a screen reader hears, and what the room does.

import type { BrowserContext, Page } from "@playwright/test";
import { expect, quiz, teams, test } from "../server";

/** What a page has done that people hear, in order. */
interface Heard {
  /** Words that live regions beside the countdown have said. */
  words: string[];
  /** How many sound cards were asked for. */
  contexts: number;
  /** When each sine was to begin, in seconds of the sound card. */
  starts: number[];
}

const question = { ...quiz.rounds[0].questions[0], seconds: 12 };
const { prompt } = question;
const heard = (page: Page) => page.evaluate(() => (window as unknown as { heard: Heard }).heard);
const open = (context: BrowserContext) => context.addInitScript(listen).then(() => context.newPage());

test.use({ game: { title: "A short one", rounds: [{ title: "Round", questions: [question] }] } });

/** Runs in the page, before anything else does. */
function listen(): void {
  const heard: Heard = { words: [], contexts: 0, starts: [] };
  Object.assign(window, { heard });
  const { AudioContext: Context } = window;
  window.AudioContext = class extends Context {
    constructor() {
      super();
      heard.contexts += 1;
    }
  };
  const { start } = AudioScheduledSourceNode.prototype;
  AudioScheduledSourceNode.prototype.start = function (this: AudioScheduledSourceNode, when = 0) {
    heard.starts.push(when);
    start.call(this, when);
  };
  new MutationObserver((changes) => {
    for (const { target } of changes) {
      const element = target instanceof Element ? target : target.parentElement;
      const words = element?.closest(".countdown [aria-live=polite]")?.textContent;
      if (words) heard.words.push(words);
    }
  }).observe(document, { subtree: true, childList: true, characterData: true });
}

test("the last seconds are announced once each, and sound on the big screen only", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await open(await guest());
  const screen = await open(await guest());
  await server.logIn(page, teams[0]);
  await screen.goto(server.url(await server.screenPath()));
  await expect(screen.getByRole("listitem").filter({ hasText: teams[0].name })).toHaveClass(/online/);

  const on = screen.getByRole("button", { name: "Sound on", exact: true });
  const off = screen.getByRole("button", { name: "Sound off", exact: true });
  expect((await heard(screen)).contexts).toBe(0);
  await on.click();
  await expect(off).toBeVisible();
  expect((await heard(screen)).contexts).toBe(1);
  await off.click();
  await expect(on).toBeVisible();
  await on.click();
  await expect(off).toBeVisible();

  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
  const timer = page.getByRole("timer", { name: "Time left" });
  await expect(timer).toHaveAttribute("aria-live", "off");
  await expect(screen.getByRole("heading", { name: prompt })).toBeVisible();
  // 3-2-1, each with an overtone.
  const counted = (await heard(screen)).starts.length;
  expect(counted).toBeGreaterThan(0);
  await expect(timer).toHaveText("0:05", { timeout: 20_000 });
  await expect(page.getByRole("heading", { name: "Time." })).toBeVisible();
  await expect(screen.getByText("Pencils down")).toBeVisible();

  expect((await heard(page)).words).toEqual(["10 seconds left", "5 seconds"]);
  expect(await heard(page)).toMatchObject({ contexts: 0, starts: [] });
  const { starts } = await heard(screen);
  const notes = new Set(starts.slice(counted)).size;
  expect(notes, "a tick and the gong").toBeGreaterThan(1);
  expect(notes, "none twice").toBeLessThanOrEqual(6);
  expect(starts.toSorted((one, other) => one - other), "in order").toEqual(starts);

  // The choice is kept, as far as the browser allows.
  await screen.reload();
  await expect.poll(async () => (await heard(screen)).contexts).toBe(1);
});
