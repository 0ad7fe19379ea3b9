// Every page is usable by keyboard and screen reader, in light and dark, on a phone and on a projector.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { expect, quiz, teams, test } from "../server";

// Looking at three pages takes longer than the question's own time would.
const [question] = quiz.rounds[0].questions;
test.use({ game: { title: "Looks", rounds: [{ title: "Round", questions: [{ ...question, seconds: 900 }] }] } });

const looks = [
  { name: "desktop, light", options: { viewport: { width: 1366, height: 768 }, colorScheme: "light" } },
  { name: "phone, dark", options: { viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
] as const;

async function check(page: Page, what: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
  expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
  const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(over, `${what} scrolls sideways`).toBe(0);
}

for (const { name, options } of looks) {
  test(`no barrier on any page (${name})`, async ({ server, guest }) => {
    const visitor = await (await guest(options)).newPage();
    await visitor.goto(server.url("/"));
    await check(visitor, "login");
    await visitor.goto(server.url("/control"));
    await check(visitor, "control login");
    const desk = await server.desk(await guest(options));
    const screen = await server.screen(await guest(options));
    const page = await (await guest(options)).newPage();
    await server.logIn(page, teams[0]);
    await expect(page.getByRole("heading", { name: "You are in." })).toBeVisible();
    await desk.getByRole("heading", { name: "Answers" }).click();
    for (const [what, shown] of Object.entries({ desk, screen, play: page })) await check(shown, `${what} in the lobby`);
    await desk.getByRole("button", { name: "Open question", exact: true }).click();
    const prompt = quiz.rounds[0].questions[0].prompt;
    for (const [what, shown] of Object.entries({ desk, screen, play: page })) {
      await expect(shown.getByRole("heading", { name: prompt })).toBeVisible();
      await check(shown, `${what} with a question`);
    }
    await desk.getByRole("button", { name: "Close now", exact: true }).click();
    await desk.getByRole("button", { name: "Show solution", exact: true }).click();
    await expect(page.getByText("Solution")).toBeVisible();
    for (const [what, shown] of Object.entries({ desk, screen, play: page })) await check(shown, `${what} with a solution`);
    await desk.getByRole("button", { name: "Show scores", exact: true }).click();
    await expect(screen.getByRole("table", { name: "Leaderboard" })).toBeVisible();
    for (const [what, shown] of Object.entries({ desk, screen, play: page })) await check(shown, `${what} with scores`);
  });
}
