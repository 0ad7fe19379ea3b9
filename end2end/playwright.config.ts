import { defineConfig } from "@playwright/test";
import { firefox } from "./firefox";
import { launchOptions } from "./server";

/** What depends on what a browser grants to an address and not to a name. */
const ORIGIN = /(kept|sealed|blocked)\.spec/;
/** What browsers differ in. */
const BROWSER = /(short|caret|rating|library)\.spec/;
/** What measures, and wants the machine for itself. */
const ALONE = /instant\.spec/;

// A plain-HTTP name is what a LAN is: no secure context. 127.0.0.1 counts as one. Two tests at a time: beside more of them
// on two cores, a server that restarts is away for so long that games pause, as they should.
export default defineConfig({
  testDir: "tests",
  timeout: 600_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: true,
  retries: 0,
  // Where so many fail, one thing is broken that they all need.
  maxFailures: 8,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  // A film of every page would cost more than the pages do: what was on it when it failed is enough.
  use: { trace: { mode: "retain-on-failure", screenshots: false, snapshots: false } },
  projects: [
    { name: "address", testIgnore: [ALONE, /short\.spec/], use: { launchOptions }, metadata: { host: "127.0.0.1" } },
    { name: "plain name", testMatch: ORIGIN, use: { launchOptions }, metadata: { host: "quiz.test" } },
    ...(firefox ? [{ name: "firefox", testMatch: BROWSER, grepInvert: /no barrier/, use: firefox, metadata: { host: "127.0.0.1" } }] : []),
    {
      name: "alone",
      testMatch: ALONE,
      dependencies: ["address", "plain name", ...(firefox ? ["firefox"] : [])],
      use: { launchOptions },
      metadata: { host: "127.0.0.1" },
    },
  ],
});
