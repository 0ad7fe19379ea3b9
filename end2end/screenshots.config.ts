import { defineConfig } from "@playwright/test";
import { launchOptions } from "./server";

export default defineConfig({ testDir: "screenshots", timeout: 600_000, expect: { timeout: 15_000 }, workers: 1, reporter: "list", use: { launchOptions } });
