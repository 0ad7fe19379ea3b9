// The line itself: what it does to bytes, and what it never does to them.

import { randomBytes } from "node:crypto";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";
import { setTimeout as pass } from "node:timers/promises";
import { expect, test as base } from "@playwright/test";
import { Line } from "../line";

/** A line to a server that sends everything back, and callers who connect by it. */
const test = base.extend<{ line: Line; call: () => Socket }>({
  line: async ({}, use) => {
    const echo = createServer((socket) => socket.on("error", () => {}).pipe(socket));
    await new Promise<void>((resolve) => echo.listen(0, "127.0.0.1", resolve));
    const line = new Line("127.0.0.1", () => (echo.address() as AddressInfo).port, 1);
    await line.start();
    await use(line);
    await line.close();
    echo.close();
  },
  call: async ({ line }, use) => {
    const callers: Socket[] = [];
    await use(() => {
      const caller = connect(Number(new URL(line.url("/")).port), "127.0.0.1").on("error", () => {});
      callers.push(caller);
      return caller;
    });
    for (const caller of callers) caller.destroy();
  },
});

/** Sends bytes, and waits for as many. */
async function echoed(caller: Socket, bytes: Buffer, length = bytes.length): Promise<Buffer> {
  const heard: Buffer[] = [];
  caller.on("data", (part) => heard.push(part));
  caller.write(bytes);
  await expect.poll(() => Buffer.concat(heard).length).toBe(length);
  caller.removeAllListeners("data");
  return Buffer.concat(heard);
}

const get = (path: string, head = "") => Buffer.from(`GET ${path} HTTP/1.1\r\n${head}\r\n`);
const upgrade = get("/link", "Upgrade: websocket\r\n");

test("every byte arrives, in its order, whatever the weather", async ({ line, call }) => {
  const caller = call();
  await echoed(caller, upgrade);
  for (const weather of [line.up, line.down]) Object.assign(weather, { jitterMs: 20, stallChance: 0.02, stallMs: 50 });
  const bytes = randomBytes(1_000_000);
  expect((await echoed(caller, bytes)).equals(bytes)).toBe(true);
});

test("an upgrade is refused wherever it comes on a connection, and everything else passes", async ({ line, call }) => {
  line.upgrades = "forbidden";
  const caller = call();
  const post = Buffer.from("POST /login HTTP/1.1\r\nContent-Length: 24\r\n\r\nUpgrade: websocket\r\n\r\n\r\n");
  expect((await echoed(caller, post)).equals(post)).toBe(true);
  expect((await echoed(caller, upgrade, 45)).toString()).toContain("403");
  expect((await echoed(caller, get("/"))).equals(get("/"))).toBe(true);
  line.upgrades = "swallowed";
  expect((await echoed(caller, Buffer.concat([upgrade, get("/")]), get("/").length)).equals(get("/"))).toBe(true);
});

test("a connection that has lost bytes stays dead; a new one is as good as any", async ({ line, call }) => {
  const caller = call();
  await echoed(caller, get("/"));
  line.up.vanish = true;
  caller.write(get("/lost"));
  await pass(50);
  line.mend();
  const heard = caller.bytesRead;
  caller.write(get("/behind-the-gap"));
  await echoed(call(), get("/"));
  expect(caller.bytesRead).toBe(heard);
});

test("cut, refused and silent: reset, reset, and nothing at all", async ({ line, call }) => {
  const caller = call();
  await echoed(caller, get("/"));
  line.cut();
  await expect.poll(() => caller.destroyed).toBe(true);
  line.door = "refused";
  const refused = call();
  await expect.poll(() => refused.destroyed).toBe(true);
  line.door = "silent";
  const unanswered = call();
  unanswered.write(get("/"));
  await pass(50);
  line.door = "open";
  await echoed(call(), get("/"));
  expect(unanswered.bytesRead).toBe(0);
});
