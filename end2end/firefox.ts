// Firefox as the distribution has it, driven over WebDriver BiDi.

import type { Browser } from "@playwright/test";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["firefox-esr", "firefox"];
const onPath = (process.env.PATH ?? "").split(delimiter).flatMap((folder) => names.map((name) => join(folder, name)));
const installed = [process.env.QUIZWIRE_FIREFOX ?? "", ...onPath].find((path) => path && existsSync(path));

/** How Playwright is to start it; nothing where there is none. */
export const firefox = installed
  ? ({ browserName: "firefox", channel: "moz-firefox", launchOptions: { executablePath: installed } } as const)
  : undefined;

/** The command with which Playwright tells each new context what colours it prefers. */
const COLOURS = "emulation.setMediaFeaturesOverride";

interface Session {
  send(method: string, params: object): Promise<unknown>;
}

/** Leaves out what a long-term support release does not know yet, and nobody here asks for: else no context opens. */
export function leaveColours(browser: Browser): void {
  const { _connection: connection } = browser as unknown as { _connection: { toImpl(of: Browser): { _browserSession: Session } } };
  const { _browserSession: session } = connection.toImpl(browser);
  const send = session.send.bind(session);
  session.send = async (method, params) => (method === COLOURS ? {} : send(method, params));
}
