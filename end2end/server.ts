// A real server process with its own database, and the people who use it.

import { type Browser, type BrowserContext, type Page, expect, test as base } from "@playwright/test";
import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { leaveColours } from "./firefox";
import { lastReveal } from "./journal";
import { Line } from "./line";

const root = join(import.meta.dirname, "..");
const onPath = (process.env.PATH ?? "").split(delimiter).map((folder) => join(folder, "chromium"));
const installed = [process.env.QUIZWIRE_CHROMIUM ?? "", ...onPath].find((path) => path && existsSync(path));

/** Chromium as installed here; every name under .test is this machine. */
export const launchOptions = {
  executablePath: installed,
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP quiz.test 127.0.0.1",
  ],
};

/** The demo teams and their passwords. */
export const teams: { name: string; password: string }[] = JSON.parse(
  readFileSync(join(root, "server/demo/teams.json"), "utf8"),
);

/** The demo quiz. */
export const quiz = JSON.parse(readFileSync(join(root, "server/demo/quiz.json"), "utf8")).quiz;

/** One question that is answered in a few words. */
export const inWords = {
  title: "In a few words",
  rounds: [{ title: "Round", questions: quiz.rounds[0].questions.filter(({ answer }: any) => answer.kind === "short_text").slice(0, 1) }],
};

/** A program as scripts/test has built it. */
function program(name: string): string {
  return join(root, "target/release", name);
}

/** Where pages find the server: at its own address, or by way of a line. */
export interface Way {
  url(path: string): string;
}

/** A server that can be killed and started again. */
export class TestServer implements Way {
  port = 0;
  code = "";
  password = "";
  private demo = true;
  private database = "quizwire.db";
  private process?: ChildProcess;
  private opened?: Page;
  private readonly lines: Line[] = [];
  private readonly folder = mkdtempSync(join(tmpdir(), "quizwire-"));

  constructor(private readonly host: string) {}

  /** An address of the server under the name that this run uses. */
  url(path: string): string {
    return `http://${this.host}:${this.port}${path}`;
  }

  /** Starts the server and waits until it says that it is ready. */
  async start(): Promise<void> {
    const listen = `127.0.0.1:${this.port}`;
    const args = ["serve", "--listen", listen, "--database", join(this.folder, this.database)];
    if (this.demo) args.push("--demo");
    this.process = spawn(program("quizwire"), args, { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
    const child = this.process;
    const last = this.demo ? "Demo game" : "Quizmaster's password";
    const said = await new Promise<string>((resolve, reject) => {
      let text = "";
      child.stdout?.on("data", (part) => {
        text += part;
        if (text.includes(last) && text.endsWith("\n\n")) resolve(text);
      });
      child.once("exit", (status) => reject(new Error(`the server ended with ${status}: ${text}`)));
    });
    this.port = Number(/:(\d+)\/control/.exec(said)?.[1]);
    this.code = /screen\/(\w+)/.exec(said)?.[1] ?? this.code;
    this.password = /password {3}(\S+-\S+)/.exec(said)?.[1] ?? this.password;
  }

  /** Starts the server, or starts it anew, with a game of this quiz and the demo teams in place of the demo. */
  async fill(quiz: object, pictures: Record<string, Buffer> = {}): Promise<void> {
    await this.kill();
    const put = (name: string, content: string | Buffer) => {
      const path = join(this.folder, name);
      writeFileSync(path, content);
      return path;
    };
    [this.demo, this.database] = [false, "filled.db"];
    const args = ["--database", join(this.folder, this.database)];
    for (const [name, content] of Object.entries({ quiz, teams })) {
      args.push(`--${name}`, put(`${name}.json`, JSON.stringify(content)));
    }
    for (const [name, content] of Object.entries(pictures)) args.push(put(name, content));
    this.code = execFileSync(program("fill"), args, { encoding: "utf8" }).trim();
    await this.start();
  }

  /** The instant of the last reveal, in milliseconds of the server's clock. */
  revealMs(): number {
    return lastReveal(join(this.folder, this.database));
  }

  /** Ends the process at once, as a power cut would. */
  async kill(): Promise<void> {
    const child = this.process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  /** A line to the server on which things can go wrong; what is random on it comes from the seed. */
  async line(seed = 0): Promise<Line> {
    const line = new Line(this.host, () => this.port, seed);
    this.lines.push(line);
    await line.start();
    return line;
  }

  /** Ends everything and removes its data. */
  async close(): Promise<void> {
    await Promise.all(this.lines.map((line) => line.close()));
    await this.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** A folder for a browser's own data. */
  profile(name: string): string {
    return join(this.folder, name);
  }

  /** Logs a demo team in on a page. */
  async logIn(page: Page, team: { name: string; password: string }, way: Way = this): Promise<void> {
    await page.goto(way.url("/"));
    await page.getByRole("textbox", { name: "Team name" }).fill(team.name);
    await page.getByRole("textbox", { name: "Password" }).fill(team.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.waitForURL("**/play");
  }

  /** The quizmaster's desk, logged in. */
  async desk(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    await page.goto(this.url("/control"));
    await page.getByRole("textbox", { name: "Password" }).fill(this.password);
    await page.getByRole("button", { name: "Log in" }).click();
    await page.getByRole("link", { name: this.code }).click();
    await page.getByText("Live", { exact: true }).waitFor();
    this.opened = page;
    return page;
  }

  /** The address of the big screen, as somebody copies it from the desk that was opened last. */
  async screenPath(desk = this.opened): Promise<string> {
    const link = desk?.getByRole("link", { name: "Open big screen" });
    await expect(link!).toHaveAttribute("href", /key=/);
    return (await link!.getAttribute("href"))!;
  }

  /** The big screen, opened with what the desk's link says. */
  async screen(context: BrowserContext, way: Way = this): Promise<Page> {
    const page = await context.newPage();
    await page.goto(way.url(await this.screenPath()));
    return page;
  }
}

/** What Firefox calls an error of the page when a server is away. */
const UNREACHED = "Firefox can’t establish a connection";

interface Own {
  /** What is played; the demo where nothing is said. */
  game: object | undefined;
  server: TestServer;
  guest: (options?: object) => Promise<BrowserContext>;
}

/** Tests with a server of their own. */
export const test = base.extend<Own, { colours: void }>({
  colours: [
    async ({ browser }, use) => {
      if (browser.browserType().name() === "firefox") leaveColours(browser);
      await use();
    },
    { scope: "worker", auto: true },
  ],
  game: [undefined, { option: true }],
  server: async ({ game }, use, info) => {
    const server = new TestServer(info.project.metadata.host ?? "127.0.0.1");
    await (game ? server.fill(game) : server.start());
    await use(server);
    await server.close();
  },
  // A browser of its own for each person: nothing is shared between them.
  guest: async ({ browser }: { browser: Browser }, use) => {
    const contexts: BrowserContext[] = [];
    const errors: string[] = [];
    await use(async (options = {}) => {
      const context = await browser.newContext(options);
      context.on("weberror", (error) => errors.push(error.error().message));
      contexts.push(context);
      return context;
    });
    await Promise.all(contexts.map((context) => context.close()));
    expect(errors.filter((error) => !error.startsWith(UNREACHED)), "a page's program failed").toEqual([]);
  },
});

export { expect };
