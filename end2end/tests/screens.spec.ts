// A big screen is opened from the desk, or let in there; nobody becomes one by knowing the game's code.

import { expect, teams, test } from "../server";

test("a screen that was opened by hand waits to be let in, and stays in when the server comes back", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const screen = await (await guest()).newPage();
  await screen.goto(server.url(`/screen/${server.code}`));
  const waits = screen.getByText(/This is screen \d{4}/);
  await expect(waits).toBeVisible();
  await expect(screen.getByRole("img", { name: "QR code of the address to join at" })).toBeVisible();
  await expect(screen.getByRole("listitem")).toHaveCount(0);
  const number = /\d{4}/.exec(await waits.innerText())?.[0];
  const letIn = desk.getByRole("button", { name: `Let screen ${number} in`, exact: true });
  await letIn.click();
  const team = screen.getByRole("listitem").filter({ hasText: teams[0].name });
  await expect(team).toBeVisible();
  await expect(letIn).toBeHidden();
  expect(new URL(screen.url()).search, "the key is not left in the address").toBe("");

  await server.kill();
  await server.start();
  await screen.reload();
  await expect(team).toBeVisible();
});

test("the desk's link opens a screen in any browser, once it is copied there", async ({ server, guest }) => {
  await server.desk(await guest());
  const screen = await server.screen(await guest());
  await expect(screen.getByRole("listitem").filter({ hasText: teams[0].name })).toBeVisible();
  expect(new URL(screen.url()).search).toBe("");
});

test("where the quizmaster is logged in, the list of games opens a screen", async ({ server, guest }) => {
  const context = await guest();
  const desk = await server.desk(context);
  await desk.getByRole("link", { name: "Games", exact: true }).click();
  const [screen] = await Promise.all([context.waitForEvent("page"), desk.getByRole("link", { name: "Big screen" }).first().click()]);
  await expect(screen.getByRole("listitem").filter({ hasText: teams[0].name })).toBeVisible();
});
