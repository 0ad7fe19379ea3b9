// What comes too late is told, kept and decided on; what stood there before can be had again.

import { openQuestion, written } from "../desk";
import { expect, inWords, teams, test } from "../server";

test.use({ game: inWords });

const team = teams[0];

test("typed without a line until long after the deadline: told, listed, accepted", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const line = await server.line();
  const page = await (await guest()).newPage();
  const field = page.getByRole("textbox", { name: "Your answer" });
  await server.logIn(page, team, line);
  await openQuestion(desk);
  await field.pressSequentially("in time");
  await expect(page.getByRole("status")).toHaveText("Saved");
  line.door = "refused";
  line.cut();
  await expect(page.getByRole("status")).toHaveText(/Reconnecting|Offline/);
  await field.pressSequentially(", and later");
  await expect(page.getByText("it is kept as long as this window is open")).toBeVisible();
  await desk.getByRole("button", { name: "Close now", exact: true }).click();
  await expect(desk.getByRole("button", { name: "Show solution", exact: true })).toBeEnabled();
  line.mend();
  await expect(page.getByText("came after the time was up")).toBeVisible();
  await expect(page.getByText("Yours:")).toContainText("in time");
  const late = desk.getByRole("region", { name: "Late" });
  await expect(late).toContainText("1 team arrived late");
  await desk.getByRole("row", { name: team.name }).getByRole("button", { name: "History" }).click();
  const history = desk.getByRole("region", { name: "History" });
  await expect(history).toContainText("in time, and later");
  await expect(history).toContainText("came");
  await history.getByRole("button", { name: "Close history" }).click();
  await expect(history).toBeHidden();
  await late.getByRole("button", { name: "Accept" }).click();
  await expect(late).toBeHidden();
  await expect(written(desk, team.name)).toHaveText("in time, and later");
  await expect(page.getByText("Yours:")).toContainText("in time, and later");
});

test("a good answer deleted in the last second is used as it stood before", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await (await guest()).newPage();
  const field = page.getByRole("textbox", { name: "Your answer" });
  await server.logIn(page, team);
  await openQuestion(desk);
  await field.pressSequentially("Venus");
  await page.waitForTimeout(2_000);
  await field.fill("");
  await expect(page.getByRole("status")).toHaveText("Saved");
  await desk.getByRole("button", { name: "Close now", exact: true }).click();
  await desk.getByRole("row", { name: team.name }).getByRole("button", { name: "History" }).click();
  const history = desk.getByRole("region", { name: "History" });
  await history.getByRole("button", { name: /Use it as it stood at \d\d:\d\d:\d\d/ }).first().click();
  await expect(written(desk, team.name)).toHaveText("Venus");
  await expect(page.getByText("Yours:")).toContainText("Venus");
});
