// Networks that block WebSockets: everything works over plain requests, and goes back when it can.

import { goOn, openQuestion, row, written } from "../desk";
import { expect, inWords, teams, test } from "../server";

test.use({ game: inWords });

const team = teams[0];

for (const upgrades of ["forbidden", "swallowed"] as const) {
  test(`where upgrades are ${upgrades}, the page talks by plain requests`, async ({ server, guest }) => {
    const desk = await server.desk(await guest());
    const line = await server.line();
    line.upgrades = upgrades;
    const page = await (await guest()).newPage();
    const field = page.getByRole("textbox", { name: "Your answer" });
    const status = page.getByRole("status");
    await server.logIn(page, team, line);
    await expect(status).toHaveText("Saved");
    await expect(row(desk, team.name)).toContainText("by polling");
    await openQuestion(desk);
    await field.pressSequentially("key by key", { delay: 20 });
    await expect(written(desk, team.name)).toHaveText("key by key");
    await expect(status).toHaveText("Saved");
    // Cut, and the server killed: it comes back the same way, with what was typed meanwhile.
    const typing = field.pressSequentially(" and whole", { delay: 60 });
    line.cut();
    await server.kill();
    await typing;
    await server.start();
    await expect(status).toHaveText("Saved");
    await goOn(desk);
    await expect(field).toHaveValue("key by key and whole");
    await expect(written(desk, team.name)).toHaveText("key by key and whole");
    await expect(row(desk, team.name)).toContainText("by polling");
    // When upgrades pass again, the page finds out by itself.
    line.mend();
    await expect(row(desk, team.name)).not.toContainText("by polling", { timeout: 60_000 });
    await field.press("End");
    await page.keyboard.type("!");
    await expect(written(desk, team.name)).toHaveText("key by key and whole!");
  });
}

test("the desk and the screen work by plain requests too", async ({ server, guest }) => {
  const line = await server.line();
  line.upgrades = "forbidden";
  const desk = await (await guest()).newPage();
  await desk.goto(line.url("/control"));
  await desk.getByRole("textbox", { name: "Password" }).fill(server.password);
  await desk.getByRole("button", { name: "Log in" }).click();
  await desk.getByRole("link", { name: server.code }).click();
  await expect(desk.getByText("Live", { exact: true })).toBeVisible();
  const screen = await (await guest()).newPage();
  await screen.goto(line.url(await server.screenPath(desk)));
  await openQuestion(desk);
  await expect(screen.getByRole("timer")).toBeVisible();
});
