// A question on its way to the laptops: who is waited for, who has no picture yet, how close together it was shown.

import { expect, quiz, teams, test } from "../server";
import { shoot } from "./shoot";

test("a reveal", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const press = (name: string) => desk.getByRole("button", { name, exact: true }).click();
  const screen = await server.screen(await guest());
  const pages = [];
  for (const team of teams.slice(0, 4)) {
    const page = await (await guest()).newPage();
    // The last laptop's line brings everything but pictures.
    if (team === teams[3]) await page.route("**/sealed/**", () => {});
    await server.logIn(page, team);
    pages.push(page);
  }
  await press("Open question");
  await expect(desk.getByText(/Shown on 4 laptops/)).toBeVisible();
  await expect(screen.getByText(/4 laptops, /)).toBeVisible();
  await shoot(desk, "desk-shown");
  await shoot(screen, "screen-question");
  for (const [index] of quiz.rounds[0].questions.entries()) {
    if (index > 0) await press("Open question");
    await press("Close now");
  }
  await press("Show scores");
  await press("Next round");
  await press("Open question");
  await expect(desk.getByText("4 of 5 ready")).toBeVisible();
  await desk.waitForTimeout(1_000);
  await desk.evaluate(() => scrollTo(0, 0));
  await shoot(desk, "desk-waiting");
  await shoot(pages[0], "play-get-ready");
  await press("Open now, without waiting");
  await expect(pages[3].getByText("The picture is on its way…")).toBeVisible();
  await expect(desk.getByText(/Shown on 3 laptops/)).toBeVisible();
  await shoot(pages[3], "play-picture-coming");
  await shoot(pages[0], "play-picture");
});
