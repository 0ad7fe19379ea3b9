// A quiz of one's own: from nothing to the first question on the big screen.

import AxeBuilder from "@axe-core/playwright";
import type { Page } from "@playwright/test";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { library, makeGame, paste } from "../library";
import { expect, test } from "../server";

const PASTED = `Hello everybody!

1. Which planet is the largest?
a) Mars
*b) Jupiter
c) Venus

2. What is the capital of Peru?
Answer: Lima`;

const teams = ["Red Pandas", "Midnight Otters"];

test("text that is pasted is looked at, taken, and played by two teams", async ({ server, guest }) => {
  const page = await library(server, await guest());
  await expect(page.getByText("Three ways to begin:")).toBeVisible();
  await page.getByRole("link", { name: "Import" }).click();
  await expect(page.getByRole("heading", { name: "Import" })).toBeVisible();
  await paste(page, PASTED);
  await expect(page.getByRole("status")).toContainText("2 questions");
  await expect(page.getByText("This was not understood.")).toContainText("line 1");
  await page.getByRole("checkbox", { name: /^Take question 2/ }).uncheck();
  await page.getByRole("textbox", { name: "Title" }).fill("Planets");
  await page.getByRole("button", { name: "Take what is ticked" }).click();
  await expect(page.getByRole("heading", { name: "Planets" })).toBeVisible();
  await expect(page.getByText("Jupiter")).toBeVisible();
  await expect(page.getByText("Peru")).toHaveCount(0);

  const game = await makeGame(page, teams);
  await page.getByRole("link", { name: "Go to the desk" }).click();
  await page.getByText("Live", { exact: true }).waitFor();
  const screen = await (await guest()).newPage();
  await screen.goto(server.url(await server.screenPath(page)));
  const players: Page[] = [];
  for (const { name, password } of game.teams) {
    const player = await (await guest()).newPage();
    await player.goto(server.url("/"));
    await player.getByRole("textbox", { name: "Game code" }).fill(game.code);
    await player.getByRole("textbox", { name: "Team name" }).fill(name);
    await player.getByRole("textbox", { name: "Password" }).fill(password);
    await player.getByRole("button", { name: "Log in" }).click();
    await player.waitForURL("**/play");
    players.push(player);
  }
  await page.getByRole("heading", { name: "Answers" }).click();
  await page.getByRole("button", { name: "Open question", exact: true }).click();
  for (const shown of [screen, ...players]) {
    await expect(shown.getByRole("heading", { name: "Which planet is the largest?" })).toBeVisible();
  }
  await players[0].getByRole("radio", { name: "Jupiter" }).check();
  await players[1].getByRole("radio", { name: "Mars" }).check();
  await page.getByRole("button", { name: "Close now", exact: true }).click();
  await page.getByRole("button", { name: "Show solution", exact: true }).click();
  await expect(players[0].getByText("10 of 10")).toBeVisible();
  await expect(players[1].getByText("0 of 10")).toBeVisible();
});

test("the keyboard alone writes a question, and takes it back", async ({ server, guest }) => {
  const page = await library(server, await guest());
  const type = (text: string) => page.keyboard.type(text);
  const tab = async (times = 1) => {
    for (let time = 0; time < times; time += 1) await page.keyboard.press("Tab");
  };
  await page.getByRole("button", { name: /^Write/ }).focus();
  await page.keyboard.press("Enter");
  await page.getByRole("button", { name: /^Add a question/ }).focus();
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Question", exact: true })).toBeFocused();
  await type("Which are primes?");
  // Past the kinds: the second one is "Several choices".
  await tab(2);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: "Question", exact: true })).toHaveValue("Which are primes?");
  await expect(page.getByRole("button", { name: "Several choices" })).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("checkbox", { name: "Option 1 is right" }).focus();
  await page.keyboard.press("Space");
  await tab();
  await type("2");
  await tab(2);
  await type("9");
  await tab();
  await page.keyboard.press("Space");
  await tab();
  await type("11");
  // Enter in a field saves.
  await page.keyboard.press("Enter");
  await page.waitForLoadState();
  await expect(page.getByRole("list").filter({ hasText: "No answer is marked right." })).toHaveCount(0);
  await page.getByRole("link", { name: "← New quiz" }).press("Enter");
  const right = page.locator(".options .right");
  await expect(right).toHaveText([/^2/, /^11/]);
  await page.getByRole("button", { name: "Undo" }).press("Enter");
  await expect(right).toHaveCount(0);
  await page.getByRole("button", { name: "Redo" }).press("Enter");
  await expect(right).toHaveCount(2);
});

test("what is taken out of one server is the same in another, picture included", async ({ server, guest }) => {
  const page = await library(server, await guest());
  await page.getByRole("button", { name: /^Try the demo/ }).click();
  await page.getByRole("link", { name: /^Edit:/ }).first().click();
  await page.getByLabel("A picture", { exact: true }).setInputFiles(join(import.meta.dirname, "../../docs/screenshots/login-phone-light.png"));
  await page.getByRole("button", { name: "Put it beside the question" }).click();
  await expect(page.getByText("Another picture")).toBeVisible();
  await page.getByRole("link", { name: /^←/ }).click();
  const take = async () => {
    await page.getByText("Take it out", { exact: true }).click();
    const coming = page.waitForEvent("download");
    await page.getByRole("link", { name: "Quizwire, with everything" }).click();
    return readFileSync(await (await coming).path());
  };
  const out = await take();
  await page.goto(server.url("/control/quizzes/import"));
  await page.getByLabel("A file").setInputFiles({ name: "demo.quizwire", mimeType: "application/zip", buffer: out });
  await page.getByRole("button", { name: "Look at it" }).click();
  await expect(page.locator("img").first()).toHaveJSProperty("complete", true);
  await page.getByRole("button", { name: "Take what is ticked" }).click();
  await expect(page.getByRole("link", { name: "Make a game of it" })).toBeVisible();
  expect((await take()).equals(out)).toBe(true);
});

const looks = [
  { name: "desktop, light", options: { viewport: { width: 1366, height: 768 }, colorScheme: "light" } },
  { name: "phone, dark", options: { viewport: { width: 390, height: 844 }, colorScheme: "dark" } },
] as const;

for (const { name, options } of looks) {
  test(`no barrier on any page of the library (${name})`, async ({ server, guest }) => {
    const page = await library(server, await guest(options));
    const check = async (what: string) => {
      const { violations } = await new AxeBuilder({ page }).withTags(["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]).analyze();
      expect(violations.map(({ id, nodes }) => `${what}: ${id} ${nodes.map((node) => node.html).join(" ")}`)).toEqual([]);
      const over = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(over, `${what} scrolls sideways`).toBe(0);
    };
    await check("an empty library");
    await paste(page, PASTED);
    await check("a preview");
    await page.goto(server.url("/control/quizzes/import"));
    await check("an import");
    await page.goto(server.url("/control/quizzes"));
    await page.getByRole("button", { name: /^Try the demo/ }).click();
    await check("a quiz");
    const quiz = page.url();
    for (const kind of [0, 2, 3, 4]) {
      await page.goto(quiz);
      await page.getByRole("link", { name: /^Edit:/ }).nth(kind).click();
      await check(`question ${kind}`);
    }
    await page.goto(`${quiz}/print?solutions=1`);
    await check("a printed quiz");
    await page.goto(server.url("/control/quizzes/search?q=berries"));
    await check("a search");
    await page.goto(server.url("/control/quizzes"));
    await check("the list");
    await page.goto(quiz);
    await makeGame(page, teams);
    await check("passwords");
  });
}
