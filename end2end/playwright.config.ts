import { defineConfig } from "@playwright/test";
import { launchOptions } from "./house";

// A plain-HTTP name is what a LAN is: no secure context. 127.0.0.1 counts as one.
export default defineConfig({
  testDir: "tests",
  timeout: 360_000,
  expect: { timeout: 15_000 },
  workers: 1,
  retries: 0,
  forbidOnly: !!process.env.CI,
  reporter: [["list"]],
  use: { launchOptions, trace: "retain-on-failure" },
  projects: [
    { name: "address", metadata: { host: "127.0.0.1" } },
    { name: "plain name", metadata: { host: "quiz.test" } },
  ],
});
