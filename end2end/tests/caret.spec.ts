// The caret, the selection and the scroll position come back where they were, whatever took the field away.

import type { BrowserContext, Page } from "@playwright/test";
import { Device } from "../device";
import { expect, type TestServer, teams, test } from "../server";

const [team] = teams;
const seconds = 600;
const short = { prompt: "In a word?", points: 10, seconds, answer: { kind: "short_text", accepted: ["one"] } };
const long = { prompt: "At length?", points: 10, seconds, answer: { kind: "long_text", criterion: "How long is it?" } };
const quizOf = (question: object) => ({ title: "Carets", rounds: [{ title: "Round", questions: [question] }] });

const press = (desk: Page, name: string) => desk.getByRole("button", { name, exact: true }).click();

/** A desk with the question open, and a laptop that shows it. */
async function begin(server: TestServer, guest: () => Promise<BrowserContext>, question: object) {
  await server.fill(quizOf(question));
  const desk = await server.desk(await guest());
  const device = new Device(await (await guest()).newPage(), server);
  await server.logIn(device.page, team);
  await press(desk, "Open question");
  await expect(device.field).toBeFocused();
  return { desk, device };
}

const select = ({ field }: Device, begin: number, end = begin) =>
  field.evaluate((element: HTMLInputElement, [begin, end]) => element.setSelectionRange(begin, end), [begin, end]);

async function saved({ field, status }: Device, text: string): Promise<void> {
  await expect(field).toHaveValue(text);
  await expect(status).toHaveText("Saved");
}

test("paused and resumed, withdrawn and opened again: typing goes on where it was", async ({ server, guest }) => {
  const { desk, device } = await begin(server, guest, short);
  const { page, field } = device;
  await page.keyboard.type("half");
  await saved(device, "half");
  await press(desk, "Pause");
  await expect(field).toBeHidden();
  await press(desk, "Resume");
  await expect(field).toBeFocused();
  await page.keyboard.type("way");
  await saved(device, "halfway");

  await select(device, 4);
  await press(desk, "Withdraw");
  await expect(field).toBeHidden();
  await press(desk, "Open question");
  await expect(field).toBeFocused();
  await page.keyboard.type(" 👩🏽‍🚀 the ");
  await saved(device, "half 👩🏽‍🚀 the way");

  // A selection as well: what is typed takes its place.
  await select(device, 0, 4);
  await press(desk, "Pause");
  await expect(field).toBeHidden();
  await press(desk, "Resume");
  await expect(field).toBeFocused();
  await page.keyboard.type("all");
  await saved(device, "all 👩🏽‍🚀 the way");
});

test("after an outage, typing goes on where it was", async ({ server, guest }) => {
  const { desk, device } = await begin(server, guest, short);
  const { page, field } = device;
  await page.keyboard.type("half");
  await saved(device, "half");
  await select(device, 2);
  await server.kill();
  await page.keyboard.type("-");
  // Longer than a short restart: the game comes back paused.
  await page.waitForTimeout(6_000);
  await server.start();
  await expect(page.getByRole("heading", { name: "Paused" })).toBeVisible();
  await press(desk, "Resume");
  await expect(field).toBeFocused();
  await page.keyboard.type("+");
  await saved(device, "ha-+lf");
});

test("loaded anew, or closed and opened: typing goes on where it was", async ({ server, guest }) => {
  const { device } = await begin(server, guest, short);
  const { page } = device;
  await page.keyboard.type("half a wo");
  await saved(device, "half a wo");
  await page.reload();
  await expect(device.field).toBeFocused();
  await page.keyboard.type("rd");
  await saved(device, "half a word");

  await select(device, 5, 6);
  const context = page.context();
  await page.close({ runBeforeUnload: true });
  const again = new Device(await context.newPage(), server);
  await again.load();
  await expect(again.field).toBeFocused();
  await again.page.keyboard.type("the");
  await saved(again, "half the word");
});

test("two tabs of a laptop keep a caret each", async ({ server, guest }) => {
  const { desk, device } = await begin(server, guest, short);
  const other = new Device(await device.page.context().newPage(), server);
  await other.load();
  await device.page.keyboard.type("one two");
  for (const each of [device, other]) await saved(each, "one two");
  await select(device, 0);
  await select(other, 3);
  await press(desk, "Pause");
  for (const { field } of [device, other]) await expect(field).toBeHidden();
  await press(desk, "Resume");
  for (const { field } of [device, other]) await expect(field).toBeVisible();
  await device.page.bringToFront();
  await device.page.keyboard.type("[");
  await other.page.bringToFront();
  await other.page.keyboard.type("]");
  for (const each of [device, other]) await saved(each, "[one] two");
});

test("where a team-mate wrote meanwhile it stays with its neighbours; another laptop begins at the end", async ({ server, guest }) => {
  const { device } = await begin(server, guest, short);
  await device.page.keyboard.type("here there");
  await saved(device, "here there");
  await select(device, 5);
  const context = device.page.context();
  await device.page.close({ runBeforeUnload: true });

  const mate = new Device(await (await guest()).newPage(), server);
  await server.logIn(mate.page, team);
  await saved(mate, "here there");
  await mate.page.keyboard.type("!");
  await saved(mate, "here there!");
  await select(mate, 0);
  await mate.page.keyboard.type("not ");
  await saved(mate, "not here there!");

  const again = new Device(await context.newPage(), server);
  await again.load();
  await expect(again.field).toBeFocused();
  await again.page.keyboard.type("but ");
  for (const each of [mate, again]) await saved(each, "not here but there!");
});

test("a long text is scrolled where it was, and so is the page", async ({ server, guest }) => {
  const phone = (options = {}) => guest({ viewport: { width: 390, height: 500 }, ...options });
  const { desk, device } = await begin(server, phone, long);
  const { page, field } = device;
  const lines = Array.from({ length: 60 }, (_, at) => `line ${at}`).join("\n");
  await page.keyboard.insertText(lines);
  await saved(device, lines);
  const places = () => field.evaluate(({ scrollTop, selectionStart }: HTMLTextAreaElement) => ({ scrollTop, selectionStart, page: Math.round(scrollY) }));
  // In the middle of what is in sight: a line that is cut off above would be drawn into it.
  await select(device, 116);
  await field.evaluate((element) => element.scrollTo(0, 300));
  await page.evaluate(() => scrollTo(0, 40));
  const before = await places();
  expect(before.scrollTop).toBe(300);
  await press(desk, "Pause");
  await expect(field).toBeHidden();
  await press(desk, "Resume");
  await expect(field).toBeFocused();
  expect(await places()).toEqual(before);
  await page.reload();
  await expect(field).toBeFocused();
  expect(await places()).toEqual(before);
});

test("what is kept of it goes with the question, and with the session", async ({ server, guest }) => {
  const { desk, device } = await begin(server, guest, short);
  const { page } = device;
  const kept = () => page.evaluate(() => [sessionStorage, localStorage].filter((storage) => storage.getItem("quizwire-caret")).length);
  await page.keyboard.type("something");
  await saved(device, "something");
  expect(await kept()).toBe(2);
  await page.getByRole("button", { name: "Log out" }).click();
  await expect(page.getByRole("textbox", { name: "Password" })).toBeVisible();
  expect(await kept()).toBe(0);
  await server.logIn(page, team);
  await expect(device.field).toBeFocused();
  await page.keyboard.type(" else");
  await saved(device, "something else");
  await press(desk, "Close now");
  await expect(page.getByRole("heading", { name: "Time." })).toBeVisible();
  await expect.poll(kept).toBe(0);
});
