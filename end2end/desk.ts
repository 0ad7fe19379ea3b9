// What a quizmaster does at the desk.

import { expect, type Locator, type Page } from "@playwright/test";
import { setTimeout as pass } from "node:timers/promises";
/** A team's row of the wall. */
export function row(desk: Page, name: string): Locator {
  return desk.getByRole("region", { name: "Answers" }).getByRole("row", { name });
}

/** What a team has written, on the wall. */
export function written(desk: Page, name: string): Locator {
  return row(desk, name).getByRole("cell").first();
}

/** Opens the next question, and waits until it is. */
export async function openQuestion(desk: Page): Promise<void> {
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  const now = desk.getByRole("region", { name: "Now", exact: true });
  await expect(now.getByRole("heading", { name: "Open: teams are writing" })).toBeVisible();
}

/** Keeps a question open until the function that it returns is called: adds time, and resumes after an outage. */
export function keepOpen(desk: Page): () => Promise<void> {
  let over = false;
  const kept = (async () => {
    while (!over && !desk.isClosed()) {
      // The server may be away, or the desk loading: then it is done the next time.
      await keepOpenNow(desk).catch(() => {});
      await pass(250);
    }
  })();
  return () => {
    over = true;
    return kept;
  };
}

async function keepOpenNow(desk: Page): Promise<void> {
  const press = (name: string) => desk.getByRole("button", { name, exact: true }).click({ timeout: 1_000 });
  if (await desk.getByRole("button", { name: "Resume", exact: true }).isVisible()) await press("Resume");
  else if ((await secondsLeft(desk)) < 60) await press("Add 30 seconds");
}

async function secondsLeft(desk: Page): Promise<number> {
  const [timer] = await desk.getByRole("timer").allTextContents();
  const [, minutes, seconds] = /(\d+):(\d+)/.exec(timer ?? "") ?? [];
  return seconds === undefined ? Infinity : Number(minutes) * 60 + Number(seconds);
}

/** After an outage: a game that was away for over five seconds comes back paused, and goes on at a press. */
export async function goOn(desk: Page): Promise<void> {
  await expect(desk.getByRole("status")).toHaveText("Live");
  const resume = desk.getByRole("button", { name: "Resume", exact: true });
  const pause = desk.getByRole("button", { name: "Pause", exact: true });
  await expect(resume.or(pause).first()).toBeVisible();
  if (await resume.isVisible()) await resume.click();
}
