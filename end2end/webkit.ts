// WebKit as the distribution has it, driven over WebDriver: Playwright knows its own builds of it only.

import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { delimiter, join } from "node:path";
import { setTimeout as pass } from "node:timers/promises";

const find = (name: string) =>
  (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, name)).find((path) => existsSync(path));

/** Whether there is one, and a screen that nobody sees for it. */
export const installed = Boolean(find("WebKitWebDriver") && find("Xvfb"));

/** Drawn without a graphics card. */
const SOFTWARE = { LIBGL_ALWAYS_SOFTWARE: "1", WEBKIT_DISABLE_COMPOSITING_MODE: "1", WEBKIT_DISABLE_DMABUF_RENDERER: "1" };
/** How long a page may take for what is waited for, in milliseconds; and how often it is looked at. */
const PATIENCE_MS = 15_000;
const LOOK_MS = 50;

/** A browser with one window. Places are XPath. */
export class WebKit {
  private constructor(
    private readonly processes: ChildProcess[],
    private readonly driver: string,
    private readonly session: string,
  ) {}

  /** Starts a browser. */
  static async open(): Promise<WebKit> {
    const screen = spawn("Xvfb", ["-displayfd", "3", "-screen", "0", "1280x800x24", "-nolisten", "tcp"], {
      stdio: ["ignore", "ignore", "ignore", "pipe"],
    });
    const display = await new Promise((resolve) => screen.stdio[3]!.once("data", (line) => resolve(`:${String(line).trim()}`)));
    const port = await freePort();
    const env = { ...process.env, ...SOFTWARE, DISPLAY: String(display) };
    const driver = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore", env });
    const address = `http://127.0.0.1:${port}`;
    try {
      const opened = await within(() => call("POST", `${address}/session`, { capabilities: { alwaysMatch: {} } }));
      return new WebKit([driver, screen], address, opened.sessionId);
    } catch (error) {
      // Nothing stays behind that nobody could close.
      for (const child of [driver, screen]) child.kill();
      throw error;
    }
  }

  /** Ends the browser. */
  async close(): Promise<void> {
    await this.send("DELETE", "").catch(() => {});
    for (const child of this.processes) child.kill();
  }

  /** Loads a page. */
  async goto(url: string): Promise<void> {
    await this.send("POST", "/url", { url });
  }

  /** Clicks what is there, as a mouse does, as soon as it can be. */
  async click(place: string): Promise<void> {
    await within(async () => this.send("POST", `/element/${await this.element(place)}/click`, {}));
  }

  /** Types into what is there. */
  async type(place: string, text: string): Promise<void> {
    const element = await within(() => this.element(place));
    await this.send("POST", `/element/${element}/value`, { text });
  }

  /** Types with the keyboard, wherever its focus is. */
  async press(text: string): Promise<void> {
    const actions = [...text].flatMap((value) => ["keyDown", "keyUp"].map((type) => ({ type, value })));
    await this.send("POST", "/actions", { actions: [{ type: "key", id: "keyboard", actions }] });
  }

  /** Waits until something is there. */
  async see(place: string): Promise<void> {
    await within(() => this.element(place));
  }

  /** How many there are. */
  async count(place: string): Promise<number> {
    return (await this.send("POST", "/elements", { using: "xpath", value: place })).length;
  }

  /** What a script says. */
  async evaluate(script: string): Promise<unknown> {
    return this.send("POST", "/execute/sync", { script, args: [] });
  }

  private async element(place: string): Promise<string> {
    const found = await this.send("POST", "/element", { using: "xpath", value: place });
    return String(Object.values(found)[0]);
  }

  private send(method: string, path: string, body?: object): Promise<any> {
    return call(method, `${this.driver}/session/${this.session}${path}`, body);
  }
}

async function call(method: string, url: string, body?: object): Promise<any> {
  const response = await fetch(url, { method, body: body && JSON.stringify(body), signal: AbortSignal.timeout(60_000) });
  const { value } = (await response.json()) as { value: any };
  if (!response.ok) throw new Error(`${url}: ${value?.message ?? response.status}`);
  return value;
}

/** Tries until it succeeds. */
async function within<T>(attempt: () => Promise<T>): Promise<T> {
  const endMs = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (Date.now() > endMs) throw error;
      await pass(LOOK_MS);
    }
  }
}

/** A port that was free a moment ago. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}
