// A Chromium process of its own, to be killed like one.

import { type BrowserContext, chromium, type Page } from "@playwright/test";
import { readdirSync, readFileSync } from "node:fs";
import { launchOptions } from "./server";

/** A browser with a profile that outlives it. */
export class Chromium {
  private context?: BrowserContext;

  constructor(
    private readonly profile: string,
    private readonly prepare: (context: BrowserContext) => Promise<void>,
  ) {}

  /** Starts the process. */
  async open(): Promise<Page> {
    this.context = await chromium.launchPersistentContext(this.profile, launchOptions);
    await this.prepare(this.context);
    return this.context.newPage();
  }

  /** Ends the process in good order: its profile is on disk. */
  async close(): Promise<void> {
    await this.context?.close();
  }

  /** Kills the process; the kernel asks nobody. */
  async kill(): Promise<void> {
    const gone = new Promise((resolve) => this.context?.once("close", resolve));
    process.kill(this.main(), "SIGKILL");
    await gone;
  }

  /** The browser's main process, found by its profile; its children have a type, and end with it. */
  private main(): number {
    const numbers = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
    const main = numbers.find((number) => {
      const words = commandOf(number);
      return words.includes(`--user-data-dir=${this.profile}`) && !words.some((word) => word.startsWith("--type="));
    });
    if (!main) throw new Error(`no browser runs with ${this.profile}`);
    return Number(main);
  }
}

function commandOf(number: string): string[] {
  try {
    return readFileSync(`/proc/${number}/cmdline`, "utf8").split("\0");
  } catch {
    return []; // It has just ended.
  }
}
