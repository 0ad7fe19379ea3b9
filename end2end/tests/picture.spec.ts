// A large picture and one slow line: everybody waits for it, or the quizmaster decides not to.

import { message, UNSEAL } from "../frames";
import { expect, type TestServer, quiz, teams, test } from "../server";
import { noise } from "../noise";
import { seen, watch } from "../stopwatch";
import { spread, table } from "../table";
import type { BrowserContext, Page } from "@playwright/test";

/** Three bytes a pixel: 5 MB. */
const SIDE = 1_300;
/** 5 MB take more than ten seconds. */
const SLOW_BYTES_PER_SECOND = 450_000;
/** On a machine with more to do, a page's clock may be off by this. */
const CLOCK_MS = 50;

const picture = { file: "noise.png", description: "Coloured noise" };
const question = { ...quiz.rounds[0].questions[0], picture, seconds: 60 };
const game = { title: "A large picture", rounds: [{ title: "Round", questions: [question] }] };
const [slow, ...quick] = teams;

/** The desk, and a laptop of each team: the last one has just come over its slow line. */
async function gather(server: TestServer, guest: () => Promise<BrowserContext>): Promise<{ desk: Page; pages: Page[] }> {
  await server.fill(game, { [picture.file]: noise(SIDE, 1) });
  const desk = await server.desk(await guest());
  const enter = async (team: (typeof teams)[number], bytesPerSecond: number) => {
    const context = await guest();
    await watch(context);
    const line = await server.line();
    line.down.bytesPerSecond = bytesPerSecond;
    const page = await context.newPage();
    const fetched = page.waitForResponse("**/sealed/*");
    await server.logIn(page, team, line);
    await page.getByText("Saved", { exact: true }).waitFor();
    return { page, fetched };
  };
  const all = await Promise.all(quick.map((team) => enter(team, Infinity)));
  for (const { fetched } of all) await (await fetched).finished();
  return { desk, pages: [...all, await enter(slow, SLOW_BYTES_PER_SECOND)].map(({ page }) => page) };
}

/** What the pages have shown and when, told and given. */
async function tell(server: TestServer, pages: Page[]) {
  const revealMs = server.revealMs();
  const all = await Promise.all(pages.map(seen));
  const shown = all.map(({ prompts, pictureMs, pictureComingMs, heard }, at) => ({
    laptop: at < quick.length ? quick[at].name : slow.name,
    "key came": (heard.find(({ bytes }) => message(Uint8Array.from(bytes))[0] === UNSEAL.team)?.atMs ?? NaN) - revealMs,
    question: (prompts[0]?.atMs ?? NaN) - revealMs,
    announced: (pictureComingMs ?? NaN) - revealMs,
    picture: (pictureMs ?? NaN) - revealMs,
  }));
  console.log(`A picture of 5 MB, in ms from the reveal:\n${table(shown)}`);
  for (const what of ["question", "picture"] as const) {
    console.log(`  The ${what} came ${spread(shown.map((row) => row[what])).toFixed(1)} ms apart.`);
  }
  return shown;
}

const waiting = (percent = "\\d+") => new RegExp(`5 of 6 ready.*${slow.name} still loading, ${percent} %`);

test("all wait for a slow line's picture, and see it together", async ({ server, guest }) => {
  const { desk, pages } = await gather(server, guest);
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  const rollCall = desk.locator(".roll-call");
  await expect(rollCall).toHaveText(waiting());
  const percent = async () => Number(/(\d+) %/.exec((await rollCall.allTextContents()).join())?.[1] ?? Infinity);
  const first = await percent();
  await expect.poll(percent, { message: "it loads on" }).toBeGreaterThan(first);
  await expect(rollCall, "then it opens by itself").toBeHidden({ timeout: 60_000 });
  const said = desk.locator(".spread", { hasText: "Shown on 6 laptops" });
  await expect(said).toBeVisible();
  const shown = await tell(server, pages);
  console.log(`  The desk: ${await said.textContent()}`);
  // Six pages decode at the same time on one machine: whether all of them are done at the instant is for the table.
  for (const { laptop, question, picture } of shown) {
    expect(question, `${laptop} does not show the question before its instant`).toBeGreaterThan(-CLOCK_MS);
    expect(picture, `${laptop} shows the picture, and not before the question`).toBeGreaterThanOrEqual(question);
  }
});

test("opened without waiting, the slow line's picture follows its question", async ({ server, guest }) => {
  const { desk, pages } = await gather(server, guest);
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  await expect(desk.locator(".roll-call")).toHaveText(waiting());
  await desk.getByRole("button", { name: "Open now, without waiting", exact: true }).click();
  const late = pages.at(-1)!;
  await expect(late.getByText("The picture is on its way…")).toBeVisible();
  const said = desk.locator(".spread");
  await expect(said).toContainText("Shown on 5 laptops");
  console.log(`  The desk, first: ${await said.textContent()}`);
  await expect(late.getByRole("img", { name: picture.description })).toBeVisible({ timeout: 60_000 });
  await expect(said).toContainText("Shown on 6 laptops");
  await expect(said).toContainText(`Late: ${slow.name}`);
  const shown = await tell(server, pages);
  console.log(`  The desk, then: ${await said.textContent()}`);
  for (const { laptop, question, announced, picture } of shown) {
    expect(question, `${laptop} does not show the question before its instant`).toBeGreaterThan(-CLOCK_MS);
    expect(picture, `${laptop} shows the picture, and not before the question`).toBeGreaterThanOrEqual(question);
    if (laptop === slow.name) expect(picture, `${laptop} is told that it comes`).toBeGreaterThan(announced);
  }
});
