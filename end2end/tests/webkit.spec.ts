// A team in WebKit plays a short evening, and loads its page anew in mid-word. The desk and the others are in Chromium.

import type { Page } from "@playwright/test";
import { row, written } from "../desk";
import { expect, teams, test as base } from "../server";
import { WebKit, installed } from "../webkit";

const seconds = 60;
const choice = { prompt: "Which one?", points: 10, seconds, answer: { kind: "one_choice", options: [{ text: "This", right: true }, { text: "That" }] } };
const word = { prompt: "In a word?", points: 10, seconds, answer: { kind: "short_text", accepted: ["half a word"] } };
const long = { prompt: "At length?", points: 10, seconds, answer: { kind: "long_text", criterion: "How long is it?" } };
const rounds = [{ title: "One", questions: [choice, word] }, { title: "Two", questions: [long] }];

const test = base.extend<{ webkit: WebKit }>({
  webkit: async ({}, use) => {
    const webkit = await WebKit.open();
    await use(webkit);
    await webkit.close();
  },
});

test.use({ game: { title: "A short evening", rounds } });
test.skip(!installed, "WebKit (webkit2gtk-driver, xvfb) is not installed");

const heading = (text: string) => `//h1[normalize-space()="${text}"]`;
const text = (text: string) => `//*[not(self::script)][normalize-space(text())="${text}"]`;
const FIELD = '//*[@id="answer"]';
const SAVED = '//*[@role="status"][normalize-space()="Saved"]';

test("a team in WebKit, from login to podium", async ({ server, guest, webkit }) => {
  const desk = await server.desk(await guest());
  const press = (name: string) => desk.getByRole("button", { name, exact: true }).click();
  const others: Page[] = [];
  for (const team of teams.slice(1, 3)) {
    const page = await (await guest()).newPage();
    await server.logIn(page, team);
    others.push(page);
  }
  const [team] = teams;
  await webkit.goto(server.url("/"));
  await webkit.type('//input[@name="name"]', team.name);
  await webkit.type('//input[@name="password"]', team.password);
  await webkit.click('//button[normalize-space()="Log in"]');
  await webkit.see(heading("You are in."));

  await press("Open question");
  await webkit.click('//label[contains(., "This")]');
  await expect(written(desk, team.name)).toContainText("This");
  await press("Close now");
  await press("Show solution");
  await webkit.see(text("10 of 10"));

  await press("Open question");
  await webkit.see(heading(word.prompt));
  await webkit.see(FIELD);
  await webkit.press("half a wo");
  await webkit.see(SAVED);
  await webkit.goto("about:blank");
  await expect(row(desk, team.name)).toContainText("gone");
  await webkit.goto(server.url("/play"));
  await webkit.see(FIELD);
  await webkit.see(SAVED);
  await webkit.press("rd");
  await expect(written(desk, team.name)).toHaveText("half a word");
  expect(await webkit.evaluate("return document.activeElement.value")).toBe("half a word");
  await press("Close now");
  await press("Show solution");
  await webkit.see(text("10 of 10"));
  await press("Show scores");
  await webkit.see(heading("Place 1 with 20 points"));
  await press("Next round");

  await press("Open question");
  await webkit.see(heading(long.prompt));
  await webkit.press("A long answer");
  for (const page of others) {
    await page.getByRole("textbox", { name: "Your answer" }).fill("Another one");
    await expect(page.getByRole("status")).toHaveText("Saved");
  }
  await expect(written(desk, team.name)).toHaveText("A long answer");
  await press("Close now");
  await press("Start rating");
  await webkit.see(text("0 of 2 rated"));
  const stars = '//*[@role="radiogroup"]//label[.//*[@aria-label="5 stars"]]';
  await webkit.see(stars);
  expect(await webkit.count(stars)).toBe(2);
  for (const at of [1, 2]) await webkit.click(`(${stars})[${at}]`);
  await webkit.see(text("All 2 rated; you can change them until the time is up."));
  await webkit.see(SAVED);
  await expect(desk.getByText("2 of 6 given")).toBeVisible();
  await press("Close now");
  await press("Show scores");
  await press("Finish game");
  await webkit.see('//h1[starts-with(normalize-space(), "Place ")]');
});
