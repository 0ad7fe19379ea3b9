// Everything that hands, input methods and clipboards do to a text, alone and with somebody else in it.

import { openQuestion, written } from "../desk";
import { expect, type TestServer, inWords, teams, test } from "../server";
import type { BrowserContext, Page } from "@playwright/test";

test.use({ game: inWords });

const team = teams[0];
const MOST = 120;
const field = (page: Page) => page.getByRole("textbox", { name: "Your answer" });

async function laptop(server: TestServer, context: BrowserContext): Promise<Page> {
  const page = await context.newPage();
  await server.logIn(page, team);
  return page;
}

async function saved(page: Page, text: string): Promise<void> {
  await expect(field(page)).toHaveValue(text);
  await expect(page.getByRole("status")).toHaveText("Saved");
}

async function caret(page: Page, at: number, to = at): Promise<void> {
  await field(page).evaluate((element: HTMLInputElement, [from, until]) => element.setSelectionRange(from, until), [at, to]);
}

test("what an input method composes stays whole while somebody else types", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const [one, two] = [await laptop(server, await guest()), await laptop(server, await guest())];
  await openQuestion(desk);
  await field(one).pressSequentially("ab");
  await saved(two, "ab");
  await caret(one, 1);
  const method = await one.context().newCDPSession(one);
  await method.send("Input.imeSetComposition", { text: "n", selectionStart: 1, selectionEnd: 1 });
  await caret(two, 2);
  await two.keyboard.type("cd");
  await method.send("Input.imeSetComposition", { text: "ni", selectionStart: 2, selectionEnd: 2 });
  await caret(two, 0);
  await two.keyboard.type("<");
  await method.send("Input.imeSetComposition", { text: "に", selectionStart: 1, selectionEnd: 1 });
  await method.send("Input.insertText", { text: "に" });
  for (const page of [one, two]) await expect(field(page)).toHaveValue(/^<a.*に.*b.*$/);
  await expect(async () => {
    const text = await field(one).inputValue();
    expect([...text].sort().join("")).toBe("<abcdに");
    await expect(field(two)).toHaveValue(text, { timeout: 500 });
    await expect(written(desk, team.name)).toHaveText(text, { timeout: 500 });
  }).toPass({ timeout: 15_000 });
});

test("undo takes back what was typed here, word by word, and nothing that others typed", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const [one, two] = [await laptop(server, await guest()), await laptop(server, await guest())];
  await openQuestion(desk);
  await field(one).pressSequentially("mine here");
  await saved(one, "mine here");
  await expect(field(two)).toHaveValue("mine here");
  await caret(two, 0);
  await two.keyboard.type("theirs ");
  await saved(one, "theirs mine here");
  await one.keyboard.press("Control+z");
  await saved(one, "theirs mine");
  await one.keyboard.press("Control+z");
  await saved(one, "theirs ");
  await one.keyboard.press("Control+Shift+z");
  await one.keyboard.press("Control+y");
  await saved(one, "theirs mine here");
  await saved(two, "theirs mine here");
});

test("a paste is undone by itself", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await laptop(server, await guest());
  await openQuestion(desk);
  await field(page).pressSequentially("ab");
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await page.keyboard.press("End");
  await page.keyboard.type("cd");
  await page.keyboard.press("Control+v");
  await page.keyboard.type("ef");
  await saved(page, "abcdabef");
  for (const left of ["abcdab", "abcd"]) {
    await page.keyboard.press("Control+z");
    await saved(page, left);
  }
});

test("a paste that is too long says so and keeps what fits", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const page = await laptop(server, await guest());
  await openQuestion(desk);
  await field(page).pressSequentially("begin ");
  await page.keyboard.insertText("👩🏽‍🚀 שלום ".repeat(1_000));
  await expect(page.getByRole("alert")).toContainText(`${MOST} characters`);
  const text = await field(page).inputValue();
  expect([...text]).toHaveLength(MOST);
  expect(text.startsWith("begin 👩🏽‍🚀 שלום 👩🏽‍🚀")).toBe(true);
  await saved(page, text);
  await expect(written(desk, team.name)).toHaveText(text.trim());
  await page.keyboard.press("Backspace");
  await expect(page.getByRole("alert")).toBeHidden();
});

test("cut, drop and replace; emoji and right-to-left text keep their letters", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const [one, two] = [await laptop(server, await guest()), await laptop(server, await guest())];
  await openQuestion(desk);
  await put(one, "é👩🏽‍🚀שלום");
  await saved(two, "é👩🏽‍🚀שלום");
  await caret(two, 1);
  await two.keyboard.type("→");
  await saved(one, "é→👩🏽‍🚀שלום");
  await caret(one, 0, 2);
  await one.keyboard.press("Control+x");
  await saved(one, "👩🏽‍🚀שלום");
  await one.keyboard.press("End");
  await one.keyboard.press("Control+v");
  await saved(one, "👩🏽‍🚀שלוםé→");
  await saved(two, "👩🏽‍🚀שלוםé→");
});

test("a team-mate's page says that somebody else types, and the caret stays where it is", async ({ server, guest }) => {
  const desk = await server.desk(await guest());
  const [one, two] = [await laptop(server, await guest()), await laptop(server, await guest())];
  await openQuestion(desk);
  await expect(one.getByText("Also open on another device")).toBeVisible();
  await field(one).pressSequentially("stay here");
  await caret(one, 4);
  await expect(field(two)).toHaveValue("stay here");
  await caret(two, 0);
  await two.keyboard.type("please ");
  await expect(one.getByText("Also typing on another device")).toBeVisible();
  await expect(field(one)).toHaveValue("please stay here");
  expect(await field(one).evaluate((element: HTMLInputElement) => element.selectionStart)).toBe(11);
  await caret(one, 7, 11);
  await two.keyboard.type("do ");
  await expect(field(one)).toHaveValue("please do stay here");
  await one.keyboard.type("go");
  await expect(field(two)).toHaveValue("please do go here");
  await two.context().close();
  await expect(one.getByText("Also open on another device")).toBeHidden();
});

async function put(page: Page, text: string): Promise<void> {
  await field(page).focus();
  await page.keyboard.insertText(text);
}
