// Pages on which something is wrong.

import { openQuestion, row } from "../desk";
import { expect, inWords, teams, test } from "../server";
import { shoot } from "./shoot";

test.use({ game: inWords });

test("trouble", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const line = await server.line();
  const blocked = await server.line();
  blocked.upgrades = "forbidden";
  const page = await (await guest()).newPage();
  const field = page.getByRole("textbox", { name: "Your answer" });
  await server.logIn(page, teams[0], line);
  const second = await (await guest()).newPage();
  await server.logIn(second, teams[0], blocked);
  const other = await (await guest()).newPage();
  await server.logIn(other, teams[1], blocked);
  await openQuestion(desk);
  await other.getByRole("textbox", { name: "Your answer" }).pressSequentially("Mercury?");
  await second.getByRole("textbox", { name: "Your answer" }).pressSequentially("Venus");
  await expect(field).toHaveValue("Venus");
  await shoot(page, "play-two-devices");
  await page.keyboard.insertText(" because it is so hot".repeat(20));
  await shoot(page, "play-limit");
  await field.fill("Venus, the hottest");
  await expect(page.getByRole("status")).toHaveText("Saved");
  line.door = "refused";
  line.cut();
  await expect(page.getByRole("status")).toHaveText("Offline");
  await field.pressSequentially(" one");
  await shoot(page, "play-offline");
  await shoot(desk, "desk-polling");
  await desk.getByRole("button", { name: "Close now", exact: true }).click();
  await expect(desk.getByRole("button", { name: "Show solution", exact: true })).toBeEnabled();
  line.mend();
  await expect(page.getByText("came after the time was up")).toBeVisible();
  await shoot(page, "play-late");
  await row(desk, teams[0].name).getByRole("button", { name: "History" }).click();
  await expect(desk.getByRole("region", { name: "History" })).toContainText("Came too late");
  await shoot(desk, "desk-history");
  await desk.getByRole("button", { name: "Close history" }).click();
  await shoot(desk, "desk-late");
});
