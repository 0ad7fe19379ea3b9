// What a quizmaster does in the library.

import { type BrowserContext, expect, type Page } from "@playwright/test";
import type { TestServer } from "./server";

/** The library, logged in. */
export async function library(server: TestServer, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await page.goto(server.url("/control"));
  await page.getByRole("textbox", { name: "Password" }).fill(server.password);
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("link", { name: "Quizzes", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Quizzes", exact: true })).toBeVisible();
  return page;
}

/** Pastes text, and gives the page that shows what would come of it. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.goto(new URL("/control/quizzes/import", page.url()).href);
  await page.getByRole("textbox", { name: "Or paste text" }).fill(text);
  await page.getByRole("button", { name: "Look at it" }).click();
}

/** Makes a game of the quiz on the page, and gives its code and the teams with their passwords. */
export async function makeGame(page: Page, names: string[]): Promise<{ code: string; teams: { name: string; password: string }[] }> {
  await page.getByRole("link", { name: "Make a game of it" }).click();
  await page.getByRole("textbox", { name: "Teams, one name a line" }).fill(names.join("\n"));
  await page.getByRole("button", { name: "Make the game" }).click();
  const heading = page.getByRole("heading", { level: 1 });
  await expect(heading).toHaveText(/^Game [A-Z]+$/);
  const code = (await heading.textContent())!.split(" ")[1];
  const passwords = await page.getByRole("row").getByRole("cell").allTextContents();
  return { code, teams: names.map((name, index) => ({ name, password: passwords[index] })) };
}
