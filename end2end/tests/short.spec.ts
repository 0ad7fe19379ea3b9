// A short evening from login to podium, and a browser that is closed in it: for browsers that the long one is not played in.

import type { Page } from "@playwright/test";
import { row, written } from "../desk";
import { expect, teams, test } from "../server";

const seconds = 60;
const choice = { prompt: "Which one?", points: 10, seconds, answer: { kind: "one_choice", options: [{ text: "This", right: true }, { text: "That" }] } };
const word = { prompt: "In a word?", points: 10, seconds, answer: { kind: "short_text", accepted: ["half a word"] } };
const long = { prompt: "At length?", points: 10, seconds, answer: { kind: "long_text", criterion: "How long is it?" } };
const rounds = [{ title: "One", questions: [choice, word] }, { title: "Two", questions: [long] }];

test.use({ game: { title: "A short evening", rounds } });

const press = (desk: Page, name: string) => desk.getByRole("button", { name, exact: true }).click();
const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
const saved = (page: Page) => expect(page.getByRole("status")).toHaveText("Saved");

test("a short evening from login to podium", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const screen = await server.screen(await guest());
  const pages: Page[] = [];
  for (const team of teams.slice(0, 3)) {
    const page = await (await guest()).newPage();
    await server.logIn(page, team);
    await expect(page.getByRole("heading", { name: "You are in." })).toBeVisible();
    pages.push(page);
  }
  const open = async (prompt: string) => {
    await press(desk, "Open question");
    for (const page of [...pages, screen]) await expect(page.getByRole("heading", { name: prompt })).toBeVisible();
  };
  const close = async () => {
    await press(desk, "Close now");
    for (const page of pages) await expect(page.getByText("It is in.")).toBeVisible();
  };

  await open(choice.prompt);
  for (const page of pages) await page.getByRole("radio", { name: "This" }).check();
  await close();
  await press(desk, "Show solution");
  for (const page of pages) await expect(page.getByText("10 of 10")).toBeVisible();

  await open(word.prompt);
  await field(pages[0]).pressSequentially("half a word");
  await expect(written(desk, teams[0].name)).toHaveText("half a word");
  await close();
  await press(desk, "Show solution");
  await expect(pages[0].getByText("10 of 10")).toBeVisible();
  await expect(pages[1].getByText("0 of 10")).toBeVisible();
  await press(desk, "Show scores");
  await expect(pages[0].getByRole("heading", { name: "Place 1 with 20 points" })).toBeVisible();
  await press(desk, "Next round");

  await open(long.prompt);
  for (const [at, page] of pages.entries()) await field(page).pressSequentially(`Answer ${at}`);
  await close();
  await press(desk, "Start rating");
  for (const page of pages) {
    await expect(page.getByText("0 of 2 rated")).toBeVisible();
    await expect(page.getByRole("radiogroup")).toHaveCount(2);
    for (const group of await page.getByRole("radiogroup").all()) await group.getByRole("radio", { name: "5 stars" }).check();
    await expect(page.getByText("All 2 rated")).toBeVisible();
    await saved(page);
  }
  await expect(desk.getByText("6 of 6 given")).toBeVisible();
  await press(desk, "Close now");
  await press(desk, "Show scores");
  await press(desk, "Finish game");
  await expect(pages[0].getByRole("heading", { name: "Place 1 with 30 points" })).toBeVisible();
  await expect(screen.getByRole("table", { name: "Leaderboard" })).toContainText(teams[0].name);
});

test("a page that is closed in mid-word comes back to it, and so does another laptop", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const context = await guest();
  const page = await context.newPage();
  await server.logIn(page, teams[0]);
  await press(desk, "Open question");
  await press(desk, "Close now");
  await press(desk, "Open question");
  await field(page).pressSequentially("half a wo");
  await saved(page);
  await page.close();
  await expect(row(desk, teams[0].name)).toContainText("gone");
  const again = await context.newPage();
  await again.goto(server.url("/play"));
  await expect(field(again)).toBeFocused();
  await again.keyboard.type("r");
  const other = await (await guest()).newPage();
  await server.logIn(other, teams[0]);
  await expect(field(other)).toHaveValue("half a wor");
  await other.keyboard.type("d");
  for (const each of [again, other]) await expect(field(each)).toHaveValue("half a word");
  await expect(written(desk, teams[0].name)).toHaveText("half a word");
});
