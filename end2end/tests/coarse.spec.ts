// A browser that blurs its clock, as resistance to fingerprinting does.

import { expect, quiz, teams, test } from "../server";

const STEP_MS = 100;

const question = { ...quiz.rounds[0].questions[0], seconds: 60 };
const game = { title: "One question", rounds: [{ title: "Round", questions: [question] }] };

test.use({ game });

test("a page with a coarse clock says so, and is left out of the room's figure", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const sharp = await (await guest()).newPage();
  await server.logIn(sharp, teams[0]);
  const context = await guest();
  await context.addInitScript((stepMs) => {
    const blurred = (ms: number) => Math.floor(ms / stepMs) * stepMs;
    const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
    Date.now = () => blurred(wall());
    Performance.prototype.now = () => blurred(monotonic());
    const paint = requestAnimationFrame.bind(window);
    window.requestAnimationFrame = (work) => paint((atMs) => work(blurred(atMs)));
  }, STEP_MS);
  const coarse = await context.newPage();
  await server.logIn(coarse, teams[1]);
  await expect(coarse.getByText("ms to the server")).toBeVisible();
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  for (const page of [sharp, coarse]) await expect(page.getByRole("heading", { name: question.prompt })).toBeVisible();
  const said = desk.locator(".spread");
  await expect(said).toContainText(`${teams[1].name}: its clock is coarse, and not counted.`);
  await expect(said).toContainText("Shown on 1 laptop, clock ±");
  console.log(`  The desk: ${await said.textContent()}`);
});
