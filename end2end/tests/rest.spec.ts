// The desk's buttons rest when they have changed, and stand still: a finger hits what it was meant for, or nothing.

import type { Page } from "@playwright/test";
import { row } from "../desk";
import { expect, teams, test } from "../server";

/** What docs/pages.md promises, less what the clocks of two processes may differ by. */
const REST_MS = 650;

const question = { prompt: "Which one?", points: 10, seconds: 5, answer: { kind: "one_choice", options: [{ text: "This", right: true }, { text: "That" }] } };
const long = { ...question, prompt: "At length?", seconds: 300 };
const quiz = { title: "Buttons", rounds: [{ title: "Round", questions: [question, long] }, { title: "Next", questions: [question] }] };

test.use({ game: quiz });

/** What a button of the bar has done since it came. */
interface Life {
  name: string;
  /** Where it was, in whole pixels of the page, as often as that changed. */
  places: string[];
  primary: boolean;
  /** From its coming to when it could be pressed first. */
  restedMs?: number;
  /** Clicks that it got while it rested. */
  clicks: number;
}

/** Runs in the page: follows every button from its first breath, and clicks it in every frame in which it should rest. */
function press(restMs: number): void {
  const lives: Life[] = [];
  const alive = new Map<Element, { life: Life; bornMs: number }>();
  Object.assign(window, { lives });
  const look = () => {
    const now = performance.now();
    const buttons = [...document.querySelectorAll<HTMLButtonElement>(".actions button")];
    for (const button of alive.keys()) if (!buttons.includes(button as HTMLButtonElement)) alive.delete(button);
    for (const button of buttons) {
      const name = button.firstChild?.textContent ?? "";
      const { life, bornMs } = alive.get(button) ?? { life: { name, places: [], primary: button.matches(".primary"), clicks: 0 }, bornMs: now };
      if (!alive.has(button)) {
        alive.set(button, { life, bornMs });
        lives.push(life);
      }
      const box = button.getBoundingClientRect();
      const place = [box.x + scrollX, box.y + scrollY].map(Math.round).join(" ");
      if (place !== life.places.at(-1)) life.places.push(place);
      if (!button.disabled) life.restedMs ??= now - bornMs;
      if (now - bornMs < restMs) {
        life.clicks += 1;
        button.click();
      }
    }
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true });
  const frame = () => {
    look();
    requestAnimationFrame(frame);
  };
  frame();
}

const lives = (desk: Page) => desk.evaluate(() => (window as unknown as { lives: Life[] }).lives);

for (const { name, viewport } of [
  { name: "a laptop", viewport: { width: 1366, height: 768 } },
  { name: "a phone", viewport: { width: 390, height: 844 } },
]) {
  test(`on ${name}, a click in the first frames does nothing, and no button moves`, async ({ server, guest }) => {
      const desk = await server.desk(await guest({ viewport }));
    const page = await (await guest()).newPage();
    await server.logIn(page, teams[0]);
    await expect(row(desk, teams[0].name)).toContainText("ms");
    await desk.getByRole("heading", { name: "Answers" }).click();
    const now = desk.getByRole("region", { name: "Now", exact: true });
    const button = (name: string) => desk.getByRole("button", { name, exact: true });
    await expect(button("Open question")).toBeEnabled();
    await desk.evaluate(press, REST_MS);
    await expect.poll(async () => (await lives(desk))[0].clicks, "it is clicked").toBeGreaterThan(0);
    // That one has been there for long, and was awake.
    const prompts = now.getByRole("heading", { name: question.prompt });
    await expect(prompts).toBeVisible();
    await expect(desk.getByText("Shown on 1 laptop")).toBeVisible();

    // The clock closes it by itself: what comes then comes under hands that do not expect it.
    await expect(now.getByRole("heading", { name: "Closed" })).toBeVisible();
    await expect(button("Show solution")).toBeEnabled();
    await expect(now.getByRole("heading", { name: "Closed" }), "nothing was pressed").toBeVisible();
    await button("Show solution").click();
    await expect(now.getByRole("heading", { name: "The solution is shown" })).toBeVisible();
    await button("Open question").click();
    await expect(now.getByRole("heading", { name: "Open:" })).toBeVisible();
    await button("Pause").click();
    await expect(now.getByRole("heading", { name: "Paused" })).toBeVisible();
    await button("Resume").click();
    await expect(now.getByRole("heading", { name: "Open:" })).toBeVisible();
    await button("Withdraw").click();
    await expect(now.getByRole("heading", { name: "Between" })).toBeVisible();
    await button("Show scores").click();
    await expect(now.getByRole("heading", { name: "leaderboard" })).toBeVisible();

    const all = await lives(desk);
    console.log(`  ${all.length} buttons came; they rested ${all.slice(1).map(({ restedMs }) => restedMs?.toFixed(0) ?? "–").join(", ")} ms`);
    for (const { name, restedMs, places } of all.slice(1)) {
      expect(places, `"${name}" stands still`).toHaveLength(1);
      if (restedMs !== undefined) expect(restedMs, `"${name}" rests`).toBeGreaterThanOrEqual(REST_MS);
    }
    // A place belongs to one of them for good, but for that of the primary one.
    const owners = new Map<string, string>();
    for (const { name, primary, places: [place] } of all) {
      const owner = primary ? "the primary one" : name;
      expect(owners.get(place) ?? owner, `the place of "${name}"`).toBe(owner);
      owners.set(place, owner);
    }
  });
}

test("after a press all rest until the desk shows what came of it", async ({ server, guest }) => {
  const line = await server.line();
  const desk = await (await guest()).newPage();
  await desk.goto(line.url("/control"));
  await desk.getByRole("textbox", { name: "Password" }).fill(server.password);
  await desk.getByRole("button", { name: "Log in" }).click();
  await desk.getByRole("link", { name: server.code }).click();
  await desk.getByText("Live", { exact: true }).waitFor();
  const open = desk.getByRole("button", { name: "Open question", exact: true });
  await expect(open).toBeEnabled();
  for (const weather of [line.up, line.down]) weather.delayMs = 400;
  // Before the outcome can be here.
  const rests = await open.evaluate(async (button: HTMLButtonElement) => {
    const painted = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    button.click();
    await painted();
    return button.isConnected && button.disabled;
  });
  expect(rests).toBe(true);
  const withdraw = desk.getByRole("button", { name: "Withdraw", exact: true });
  await expect(withdraw).toBeDisabled();
  await expect(withdraw).toBeEnabled();
});
