// What goes wrong on an evening.

import type { Page } from "@playwright/test";
import { goOn, openQuestion, row } from "../desk";
import { expect, inWords, teams, test } from "../server";

test.use({ game: inWords });

const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });

test("a wrong password says what to do and keeps the name", async ({ server, guest }) => {
  const page = await (await guest()).newPage();
  await page.goto(server.url("/"));
  await page.getByRole("textbox", { name: "Team name" }).fill("Red Pandas");
  await page.getByRole("textbox", { name: "Password" }).fill("wrong");
  await page.getByRole("button", { name: "Log in" }).click();
  await expect(page.getByRole("alert")).toContainText("do not match");
  await expect(page.getByRole("textbox", { name: "Team name" })).toHaveValue("Red Pandas");
  await expect(page.getByRole("textbox", { name: "Password" })).toBeFocused();
});

test("the server is killed under the keys; nothing is lost", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await (await guest()).newPage();
  await server.logIn(page, teams[0]);
  await openQuestion(desk);
  await field(page).pressSequentially("before the kill", { delay: 10 });
  await expect(page.getByRole("status")).toHaveText("Saved");
  const typing = field(page).pressSequentially(" and through it", { delay: 60 });
  await server.kill();
  await typing;
  await expect(page.getByRole("status")).toHaveText("Offline");
  await expect(page.getByText("Keep typing")).toBeVisible();
  await field(page).pressSequentially(" and while it was away", { delay: 10 });
  await server.start();
  await expect(page.getByRole("status")).toHaveText("Saved");
  await goOn(desk);
  await expect(field(page)).toBeFocused();
  await expect(field(page)).toHaveValue("before the kill and through it and while it was away");
  await expect(row(desk, teams[0].name)).toContainText("before the kill and through it and while it was away");
});

test("a second laptop logs in and sees the same half-typed word", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const first = await (await guest()).newPage();
  await server.logIn(first, teams[0]);
  await openQuestion(desk);
  await field(first).pressSequentially("half a wo", { delay: 10 });
  const second = await (await guest()).newPage();
  await server.logIn(second, teams[0]);
  await expect(field(second)).toHaveValue("half a wo");
  await field(second).press("End");
  await second.keyboard.type("rd 👩🏽‍🚀");
  await expect(field(first)).toHaveValue("half a word 👩🏽‍🚀");
  await expect(row(desk, teams[0].name)).toContainText("2 pages");
});

test("withdrawn, paused and resumed: the field comes back with its text", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await (await guest()).newPage();
  await server.logIn(page, teams[0]);
  await openQuestion(desk);
  await field(page).pressSequentially("kept", { delay: 10 });
  await desk.getByRole("button", { name: "Pause", exact: true }).click();
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await expect(field(page)).toBeHidden();
  await desk.getByRole("button", { name: "Resume", exact: true }).click();
  await expect(field(page)).toHaveValue("kept");
  await desk.getByRole("button", { name: "Withdraw", exact: true }).click();
  await expect(field(page)).toBeHidden();
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  await expect(field(page)).toHaveValue("kept");
});

test("the first paint of every page is the one the browser takes over, without a word in the console", async ({ server, guest }) => {
  const context = await guest();
  const said: string[] = [];
  context.on("console", (message) => said.push(message.text()));
  context.on("weberror", (error) => said.push(error.error().message));
  const page = await context.newPage();
  await server.logIn(page, teams[0]);
  await expect(page.getByRole("heading", { name: "You are in." })).toBeVisible();
  await server.desk(context);
  await server.screen(context);
  expect(said).toEqual([]);
});
