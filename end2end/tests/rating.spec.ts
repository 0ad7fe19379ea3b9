// Rating: answers lie by question, each with its own criterion, and stars are given by keyboard alone.

import type { Page } from "@playwright/test";
import { expect, teams, test } from "../server";

const kinds = [
  { prompt: "A slogan, please.", criterion: "Would you buy it?" },
  { prompt: "A rhyme, please.", criterion: "Does it rhyme?" },
];
const questions = kinds.map(({ prompt, criterion }) => ({ prompt, points: 10, seconds: 60, answer: { kind: "long_text", criterion } }));
const quiz = { title: "Ratings", rounds: [{ title: "Round", questions }] };

test.use({ game: quiz });

test("answers lie by question with its criterion, and are rated by keyboard", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const press = (name: string) => desk.getByRole("button", { name, exact: true }).click();
  const pages: Page[] = [];
  for (const team of teams.slice(0, 3)) {
    const page = await (await guest()).newPage();
    await server.logIn(page, team);
    pages.push(page);
  }
  for (const { prompt } of kinds) {
    await press("Open question");
    for (const [at, page] of pages.entries()) {
      await page.bringToFront();
      await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
      await expect(page.getByRole("textbox", { name: "Your answer" })).toBeFocused();
      await page.keyboard.type(`${prompt} ${at}`);
      await expect(page.getByRole("status")).toHaveText("Saved");
    }
    await press("Close now");
    await expect(pages[0].getByRole("heading", { name: "Time." })).toBeVisible();
  }
  await press("Start rating");
  const [page] = pages;
  await page.bringToFront();
  await expect(page.getByRole("heading", { name: "4 anonymous answers" })).toBeVisible();
  // The card has them all, and the sheets have each with its own answers.
  const criteria = page.getByText("Judge: ");
  expect((await criteria.allTextContents()).sort()).toEqual(kinds.map(({ criterion }) => `Judge: ${criterion}`).sort());
  const stars = page.getByRole("radiogroup");
  await expect(stars).toHaveCount(4);
  const piles = page.getByRole("listitem").filter({ has: page.getByRole("heading") });
  await expect(piles).toHaveCount(kinds.length);
  for (const pile of await piles.all()) {
    const prompt = (await pile.getByRole("heading").textContent()) ?? "";
    const { criterion } = kinds.find((kind) => kind.prompt === prompt)!;
    for (const group of await pile.getByRole("radiogroup").all()) await expect(group).toHaveAccessibleDescription(`Judge: ${criterion}`);
    const texts = await pile.locator("blockquote").allTextContents();
    expect(texts).toHaveLength(2);
    for (const text of texts) expect(text).toContain(prompt);
  }
  await expect(stars.first()).toHaveAccessibleName("Rating for answer 1");
  await expect(stars.last()).toHaveAccessibleName("Rating for answer 4");

  // With no mouse: Tab goes from answer to answer, Space takes a star, arrows take another one.
  await expect(stars.first().getByRole("radio").first()).toBeEnabled();
  for (let number = 1; number <= 4; number += 1) {
    const group = stars.nth(number - 1);
    if (number === 1) await group.getByRole("radio").first().focus();
    else await page.keyboard.press("Tab");
    await page.keyboard.press("Space");
    await expect(group.getByRole("radio", { name: "1 star", exact: true })).toBeChecked();
    for (let more = 1; more < number; more += 1) await page.keyboard.press("ArrowRight");
    const name = number === 1 ? "1 star" : `${number} stars`;
    await expect(group.getByRole("radio", { name, exact: true })).toBeChecked();
  }
  await expect(page.getByText("All 4 rated")).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Saved");
  await expect(desk.getByText("4 of 12 given")).toBeVisible();
});
