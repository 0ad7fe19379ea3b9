// Every page of an evening.

import type { Page } from "@playwright/test";
import { expect, quiz, teams, test } from "../server";
import { shoot } from "./shoot";

const lines = [
  "Sock-in: two socks, one drawer, no more orphans.",
  "Because the other one is out there, dancing without you.",
  "Match made in laundry.",
  "The drawer that never lets go.",
];

const press = (desk: Page, name: string) => desk.getByRole("button", { name, exact: true }).click();
const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });

test("every page", async ({ server, guest }) => {
  const visitor = await (await guest()).newPage();
  await visitor.goto(server.url("/"));
  await shoot(visitor, "login");
  await visitor.goto(server.url("/control"));
  await shoot(visitor, "control-login");
  const desk = await server.desk(await guest());
  const screen = await server.screen(await guest());
  const pages: Page[] = [];
  for (const team of teams.slice(0, 4)) {
    const page = await (await guest()).newPage();
    await server.logIn(page, team);
    pages.push(page);
  }
  const play = pages[0];
  await expect(screen.getByRole("listitem").filter({ hasText: teams[3].name })).toHaveClass(/online/);
  await play.getByRole("button", { name: "Light our tile" }).click();
  await expect(play.getByText("This laptop is ready.")).toBeVisible();
  await shoot(screen, "screen-lobby");
  await shoot(play, "play-lobby");
  await shoot(desk, "desk-covered");
  for (const [index, question] of quiz.rounds[0].questions.entries()) {
    await press(desk, "Open question");
    if (index === 0) {
      await expect(play.getByRole("timer", { name: "Opens in" })).toBeVisible();
      await shoot(play, "play-count-in");
    }
    await expect(play.getByRole("heading", { name: question.prompt })).toBeVisible();
    const kind = question.answer.kind;
    if (kind === "one_choice" || kind === "several_choices") {
      for (const page of pages) await page.getByRole(kind === "one_choice" ? "radio" : "checkbox").nth(2).check();
      await shoot(play, kind === "one_choice" ? "play-choice" : "play-choices");
    } else {
      for (const [at, page] of pages.entries()) await field(page).pressSequentially(["Venus", "venus", "Mer", "40"][at]);
      if (kind === "number") await shoot(play, "play-number");
    }
    await press(desk, "Close now");
    await expect(play.getByText("It is in.")).toBeVisible();
    await press(desk, "Show solution");
    await expect(play.getByText(question.explanation)).toBeVisible();
    if (index === 0) {
      await play.waitForTimeout(1_100);
      await shoot(play, "play-solution");
      await shoot(screen, "screen-solution");
    }
  }
  await press(desk, "Show scores");
  await expect(screen.getByRole("table", { name: "Leaderboard" })).toBeVisible();
  await shoot(screen, "screen-leaderboard");
  await shoot(play, "play-scores");
  await press(desk, "Next round");
  for (const [index, question] of quiz.rounds[1].questions.entries()) {
    await press(desk, "Open question");
    await expect(play.getByRole("heading", { name: question.prompt })).toBeVisible();
    if (index === 0) {
      await expect(play.getByRole("img", { name: question.picture.description })).toBeVisible();
      await play.waitForTimeout(300);
      await shoot(play, "play-picture");
      await shoot(screen, "screen-picture");
    }
    await press(desk, "Close now");
    await press(desk, "Show solution");
  }
  await press(desk, "Show scores");
  await press(desk, "Next round");
  for (const [index, question] of quiz.rounds[2].questions.entries()) {
    await press(desk, "Open question");
    await expect(play.getByRole("heading", { name: question.prompt })).toBeVisible();
    for (const [at, page] of pages.entries()) await field(page).pressSequentially(lines[at]);
    if (index === 0) {
      await shoot(play, "play-question");
      await shoot(desk, "desk-wall");
    }
    await press(desk, "Close now");
    await expect(play.getByText("It is in.")).toBeVisible();
  }
  await press(desk, "Start rating");
  for (const [index, page] of pages.entries()) {
    await expect(page.getByRole("radiogroup")).toHaveCount(9);
    for (const group of await page.getByRole("radiogroup").all()) await group.getByRole("radio").nth((index + 2) % 5).check();
  }
  await shoot(play, "play-rating");
  await shoot(screen, "screen-rating");
  await shoot(desk, "desk-rating");
  await press(desk, "Close now");
  await press(desk, "Show scores");
  await press(desk, "Finish game");
  await expect(play.getByText("The end")).toBeVisible();
  await screen.waitForTimeout(500);
  await shoot(screen, "screen-podium");
  await shoot(play, "play-podium");
  await desk.goto(server.url("/control"));
  await shoot(desk, "control");
});
