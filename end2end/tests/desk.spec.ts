// What the desk shows of a count-in and of the standings, how calmly it loads, and what its tables are called.

import type { BrowserContext, Page } from "@playwright/test";
import { row } from "../desk";
import { expect, quiz, teams, test } from "../server";
import { seen, watch } from "../stopwatch";

const [question] = quiz.rounds[0].questions;
const short = { title: "Two", rounds: [{ title: "Round", questions: [{ ...question, seconds: 5 }, question] }] };

test.use({ game: short });

/** What the layout moved since the page was asked for, as web-vitals adds it up in one go. */
async function shifts(context: BrowserContext): Promise<(page: Page) => Promise<number>> {
  await context.addInitScript(() => {
    let sum = 0;
    Object.assign(window, { shifted: () => sum });
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sum += (entry as unknown as { value: number }).value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  return (page) => page.evaluate(() => (window as unknown as { shifted(): number }).shifted());
}

test("the count-in counts 3-2-1 at the desk too, and the standings say who sees them", async ({ server, guest }) => {
  const context = await guest();
  await watch(context);
  const desk = await server.desk(context);
  const page = await (await guest()).newPage();
  await server.logIn(page, teams[0]);
  await expect(row(desk, teams[0].name)).toContainText("ms");
  const secret = desk.getByText("only you see these until you show them");
  await expect(secret).toBeVisible();
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  await expect(desk.getByRole("heading", { name: "Closed" })).toBeVisible();
  const { digits } = await seen(desk);
  // A machine with more to do may leave one out.
  const all = ["3", "2", "1"].map((left) => `Opens in ${left}`).concat([5, 4, 3, 2, 1, 0].map((left) => `Time left 0:0${left}`));
  const said = digits.map(({ label, text }) => `${label} ${text}`);
  expect(said, "in order, and nothing else").toEqual(all.filter((each) => said.includes(each)));
  expect(said[0]).toMatch("Opens in");
  expect(said.find((each) => each.startsWith("Time left"))).not.toBe("Time left 0:00");
  await desk.getByRole("button", { name: "Show scores", exact: true }).click();
  await expect(desk.getByRole("heading", { name: "The leaderboard is shown" })).toBeVisible();
  await expect(secret).toBeHidden();
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  await expect(secret).toBeVisible();
});

test("every cell of the wall has a team and a column", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const wall = desk.getByRole("region", { name: "Answers" });
  await expect(wall.getByRole("columnheader")).toHaveText(["Team", "Answer", "State", "Line", "Mark"]);
  await expect(wall.getByRole("rowheader")).toHaveText(teams.map(({ name }) => name));
});

for (const [what, options] of Object.entries({
  "a phone": { viewport: { width: 390, height: 844 } },
  "a laptop": { viewport: { width: 1366, height: 768 } },
})) {
  test(`on ${what}, pages load without moving about`, async ({ server, guest }) => {
    const contexts = [await guest(options), await guest(options), await guest(options)];
    const shifted = await Promise.all(contexts.map(shifts));
    const [desk, screen, page] = [await server.desk(contexts[0]), await server.screen(contexts[1]), await contexts[2].newPage()];
    await server.logIn(page, teams[0]);
    await expect(page.getByRole("heading", { name: "You are in." })).toBeVisible();
    await expect(row(desk, teams[0].name)).toContainText("clock");
    for (const opened of [desk, screen, page]) {
      await opened.reload();
      await opened.getByText(teams[0].name).first().waitFor();
    }
    await expect(row(desk, teams[0].name)).toContainText("clock");
    await expect(page.getByText("ms to the server")).toBeVisible();
    for (const [at, opened] of [desk, screen, page].entries()) {
      const sum = await shifted[at](opened);
      console.log(`  ${new URL(opened.url()).pathname}: ${sum.toFixed(3)}`);
      expect(sum, opened.url()).toBeLessThan(0.05);
    }
  });
}
