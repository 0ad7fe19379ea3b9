// The demo from login to podium: one quizmaster, one screen, four teams.

import { chromium, type Page } from "@playwright/test";
import { expect, TestServer, launchOptions, quiz, teams, test } from "../server";

type Question = (typeof quiz)["rounds"][0]["questions"][0];
type Choice = { text: string; right?: boolean };

const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });
const wall = (desk: Page, team: { name: string }) =>
  desk.getByRole("region", { name: "Answers" }).getByRole("row", { name: team.name });
const press = (desk: Page, name: string) => desk.getByRole("button", { name, exact: true }).click();

/** Seconds that a page says are left. */
async function left(page: Page): Promise<number> {
  const [minutes, seconds] = ((await page.getByRole("timer").textContent()) ?? "").split(":");
  return Number(minutes) * 60 + Number(seconds);
}

/** What a team has to enter to be right, or wrong. */
async function answer(page: Page, question: Question, right: boolean): Promise<void> {
  const key = question.answer;
  const options = page.getByRole("group").getByRole(key.kind === "one_choice" ? "radio" : "checkbox");
  switch (key.kind) {
    case "one_choice":
      await options.nth(key.options.findIndex((option: Choice) => !!option.right === right)).check();
      break;
    case "several_choices":
      for (const [index, option] of key.options.entries()) if (right && option.right) await options.nth(index).check();
      if (!right) await options.nth(key.options.findIndex((option: Choice) => !option.right)).check();
      break;
    case "number":
      await field(page).pressSequentially(right ? `${key.value}` : "1", { delay: 15 });
      break;
    case "short_text":
      await field(page).pressSequentially(right ? key.accepted[0] : "no idea", { delay: 15 });
      break;
    default:
      await field(page).pressSequentially("A line for the jury.\nAnd another one.", { delay: 5 });
  }
  await expect(page.getByRole("status")).toHaveText("Saved");
}

/** Opens the next question and waits until every page shows it. */
async function open(desk: Page, question: Question, pages: Page[]): Promise<void> {
  await press(desk, "Open question");
  for (const page of pages) {
    await expect(page.getByRole("heading", { name: question.prompt })).toBeVisible();
    await expect(page.getByRole("timer")).toBeVisible();
  }
}

async function close(desk: Page, pages: Page[]): Promise<void> {
  await press(desk, "Close now");
  for (const page of pages) await expect(page.getByText("It is in.")).toBeVisible();
}

test("an evening from login to podium", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const screen = await server.screen(await guest());
  await expect(screen.getByText(`127.0.0.1:${server.port}`).first()).toBeVisible();

  // The fourth team's browser is a process of its own, to be closed and opened again.
  const profile = server.profile("fourth");
  let fourth = await chromium.launchPersistentContext(profile, launchOptions);
  const pages: Page[] = [];
  for (const team of teams.slice(0, 3)) {
    const page = await (await guest()).newPage();
    await server.logIn(page, team);
    pages.push(page);
  }
  pages.push(fourth.pages()[0] ?? (await fourth.newPage()));
  await server.logIn(pages[3], teams[3]);
  for (const team of teams.slice(0, 4)) await expect(screen.getByRole("listitem").filter({ hasText: team.name })).toHaveClass(/online/);

  const [general, pictures, creative] = quiz.rounds;
  for (const [index, question] of general.questions.entries()) {
    await open(desk, question, [...pages, screen]);
    if (question.answer.kind === "short_text" && index > 0) {
      await reopenInMidWord();
    }
    await Promise.all(pages.slice(0, 2).map((page) => answer(page, question, true)));
    await answer(pages[2], question, false);
    await close(desk, pages);
    await press(desk, "Show solution");
    for (const page of [...pages, screen]) await expect(page.getByText(question.explanation).first()).toBeVisible();
  }
  await press(desk, "Show scores");
  await expect(screen.getByRole("table", { name: "Leaderboard" }).getByRole("row").first()).toContainText(/Red Pandas|Midnight Otters/);
  await press(desk, "Next round");

  for (const question of pictures.questions) {
    await open(desk, question, [...pages, screen]);
    for (const page of [pages[0], screen]) {
      const picture = page.getByRole("img", { name: question.picture.description });
      await expect(picture).toBeVisible();
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 0)).toBe(true);
    }
    await answer(pages[0], question, true);
    await close(desk, pages);
    await press(desk, "Show solution");
    await expect(pages[0].getByText(question.explanation)).toBeVisible();
  }
  await press(desk, "Show scores");
  await press(desk, "Next round");

  for (const question of creative.questions) {
    await open(desk, question, [...pages, screen]);
    await Promise.all(pages.map((page) => answer(page, question, true)));
    await close(desk, pages);
  }
  await press(desk, "Start rating");
  for (const page of pages) await expect(page.getByText("9 anonymous answers")).toBeVisible();
  const before = await desk.getByRole("table", { name: "Leaderboard" }).textContent();
  for (const [index, page] of pages.entries()) {
    const groups = page.getByRole("radiogroup");
    await expect(groups).toHaveCount(9);
    for (let number = 1; number <= 9; number += 1) {
      const group = page.getByRole("radiogroup", { name: `Rating for answer ${number}`, exact: true });
      await group.getByRole("radio", { name: "1 star", exact: true }).check();
      await group.getByRole("radio", { name: index === 0 ? "3 stars" : "5 stars" }).check();
    }
    await expect(page.getByText("All 9 rated")).toBeVisible();
    await expect(page.getByRole("status")).toHaveText("Saved");
  }
  await expect(desk.getByText("36 of 36 given")).toBeVisible();
  expect(await desk.getByRole("table", { name: "Leaderboard" }).textContent()).not.toBe(before);
  await expect(screen.getByRole("table", { name: "Leaderboard" })).toBeHidden();
  await press(desk, "Close now");
  await press(desk, "Show scores");

  // The final table: what the desk knows, the screen shows.
  const rows = screen.getByRole("table", { name: "Leaderboard" }).getByRole("row");
  await expect(rows.first()).toContainText("Red Pandas");
  await expect(rows).toHaveCount(teams.length);
  const final = await rows.allTextContents();
  expect(await desk.getByRole("table", { name: "Leaderboard" }).getByRole("row").allTextContents()).toEqual(final);
  await press(desk, "Finish game");
  await expect(screen.getByRole("table", { name: "Leaderboard" }).getByRole("row").first()).toContainText("Red Pandas");
  await expect(pages[0].getByRole("heading", { name: /Place 1 with/ })).toBeVisible();
  await fourth.close();

  /** Types with real keys, closes the browser in the middle of a word, opens it: the word is there, and it goes on. */
  async function reopenInMidWord(): Promise<void> {
    await field(pages[3]).pressSequentially("It is Ven", { delay: 40 });
    await expect(wall(desk, teams[3])).toContainText("It is Ven");
    await fourth.close();
    await expect(wall(desk, teams[3])).toContainText("gone");
    fourth = await chromium.launchPersistentContext(profile, launchOptions);
    pages[3] = fourth.pages()[0] ?? (await fourth.newPage());
    await pages[3].goto(server.url("/play"));
    await expect(field(pages[3])).toHaveValue("It is Ven");
    // The countdown is the one that everybody has, to the second that may pass between the two looks.
    await expect.poll(async () => Math.abs((await left(pages[3])) - (await left(screen)))).toBeLessThanOrEqual(1);
    await field(pages[3]).press("End");
    await pages[3].keyboard.type("us?");
    await pages[3].keyboard.press("Backspace");
    await pages[3].keyboard.insertText(", pasted");
    await expect(wall(desk, teams[3])).toContainText("It is Venus, pasted");
    await expect(pages[3].getByRole("status")).toHaveText("Saved");
  }
});
