// A team's laptop, and the hands at it.

import { expect, type Locator, type Page } from "@playwright/test";
import { setTimeout as pass } from "node:timers/promises";
import type { Way } from "./server";

/** Where a caret stands: from 0, before the text, to 1, behind it. */
export type Place = number;

/** A page of a team that comes to the server by a way of its own. */
export class Device {
  constructor(
    readonly page: Page,
    readonly way: Way,
  ) {}

  /** The answer field. */
  get field(): Locator {
    return this.page.getByRole("textbox", { name: "Your answer" });
  }

  /** The save state. */
  get status(): Locator {
    return this.page.getByRole("status");
  }

  /** Loads the page, and tries again as a person would when it does not come. */
  async load(): Promise<void> {
    await expect(async () => {
      await this.page.goto(this.way.url("/play"), { timeout: 5_000 });
      await expect(this.status).toHaveText("Saved", { timeout: 5_000 });
    }).toPass();
  }

  /** Types with keys, in place of what is selected. */
  async type(text: string, from: Place = 1, to: Place = from): Promise<void> {
    await this.select(from, to);
    await this.page.keyboard.type(text, { delay: 50 });
  }

  /** Puts a text in at once, in place of what is selected. */
  async paste(text: string, from: Place = 1, to: Place = from): Promise<void> {
    await this.select(from, to);
    await this.page.keyboard.insertText(text);
  }

  /** Waits until what was put in last is out of a kill's reach: on the laptop's disk, or on the server. */
  async safe(text: string): Promise<void> {
    await this.page.evaluate(async (text) => {
      const finish = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve, reject) => {
          request.onsuccess = () => resolve(request.result);
          request.onerror = () => reject(request.error);
        });
      const database = await finish(indexedDB.open("quizwire"));
      const onDisk = async () => {
        const records: Uint8Array[] = await finish(database.transaction("outbox").objectStore("outbox").getAll());
        return records.some((record) => new TextDecoder().decode(record).includes(text));
      };
      const onServer = () => document.querySelector("[role=status]")?.textContent === "Saved";
      while (!(await onDisk()) && !onServer()) await new Promise(requestAnimationFrame);
      database.close();
    }, text);
  }

  /** Presses Backspace. */
  async erase(times: number, at: Place = 1): Promise<void> {
    await this.select(at, at);
    for (let pressed = 0; pressed < times; pressed += 1) await this.page.keyboard.press("Backspace", { delay: 20 });
  }

  /** The tab is put to sleep, as a browser does with one that nobody looks at. A visible one only stops for a debugger. */
  async sleep(ms: number): Promise<void> {
    const debug = await this.page.context().newCDPSession(this.page);
    const asleep = new Promise((resolve) => debug.once("Debugger.paused", resolve));
    await debug.send("Debugger.enable");
    await debug.send("Debugger.pause");
    await asleep;
    await pass(ms);
    await debug.send("Debugger.disable");
    await debug.detach();
  }

  /** Selects whole letters, never half a surrogate pair. */
  private async select(from: Place, to: Place): Promise<void> {
    await this.field.evaluate((field: HTMLInputElement, places) => {
      const letters = [...field.value];
      const units = (place: number) => letters.slice(0, Math.round(place * letters.length)).join("").length;
      field.focus();
      field.setSelectionRange(units(places.from), units(places.to));
    }, { from, to });
  }
}
