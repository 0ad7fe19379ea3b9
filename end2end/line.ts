// The line between pages and the server: a proxy on which everything can go wrong that goes wrong on real ones.

import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { Chance } from "./chance";
import { UpgradeFilter } from "./upgrade_filter";
import { fair, SimulatedLink, type Weather } from "./simulated_link";

/** What becomes of a new connection: it is carried on, answered by nothing at all, or reset. */
export type Door = "open" | "silent" | "refused";

/** What becomes of a WebSocket upgrade, while all other requests pass: some offices' proxies do not let it through. */
export type Upgrades = "passed" | "forbidden" | "swallowed";

const FORBIDDEN = Buffer.from("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");

/** A TCP proxy in front of the server. Bytes pass unchanged, so pages simply take its address for the server's. */
export class Line {
  /** From the page to the server. */
  readonly up: Weather = { ...fair };
  /** From the server to the page. */
  readonly down: Weather = { ...fair };
  door: Door = "open";
  upgrades: Upgrades = "passed";
  private readonly server: Server = createServer({ allowHalfOpen: true }, (page) => this.accept(page));
  private readonly sockets = new Set<Socket>();
  private readonly links = new Set<SimulatedLink>();
  private readonly chance: Chance;

  constructor(
    private readonly host: string,
    private readonly upstream: () => number,
    seed: number,
  ) {
    this.chance = new Chance(seed);
  }

  /** Starts to listen. */
  async start(): Promise<void> {
    await new Promise<void>((resolve) => this.server.listen(0, "127.0.0.1", resolve));
  }

  /** An address of the server, by way of this line. */
  url(path: string): string {
    return `http://${this.host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  /** Slow, unsteady and lossy, both ways: a crowded Wi-Fi. */
  storm(): void {
    const storm = { delayMs: 80, jitterMs: 120, stallChance: 0.05, stallMs: 900, bytesPerSecond: 16_000 };
    for (const weather of [this.up, this.down]) Object.assign(weather, storm);
  }

  /** Resets every connection. */
  cut(): void {
    for (const link of this.links) link.drop();
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  /** Nothing is wrong any more, but for connections that have lost bytes: they stay dead. */
  mend(): void {
    Object.assign(this.up, fair);
    Object.assign(this.down, fair);
    this.door = "open";
    this.upgrades = "passed";
    for (const link of this.links) link.hurry();
  }

  /** Ends everything. */
  async close(): Promise<void> {
    const closed = new Promise((resolve) => this.server.close(resolve));
    this.cut();
    await closed;
  }

  private accept(page: Socket): void {
    this.keep(page);
    if (this.door === "refused") page.resetAndDestroy();
    else if (this.door === "open") this.carry(page);
    else page.resume();
  }

  private carry(page: Socket): void {
    const server = connect({ port: this.upstream(), host: "127.0.0.1", allowHalfOpen: true, noDelay: true });
    this.keep(server);
    page.setNoDelay(true);
    const up = new SimulatedLink(page, server, this.up, this.chance);
    const down = new SimulatedLink(server, page, this.down, this.chance);
    const filter = new UpgradeFilter(
      (bytes) => up.take(bytes),
      () => {
        if (this.upgrades === "forbidden") down.take(FORBIDDEN);
        return this.upgrades === "passed";
      },
    );
    page.on("data", (bytes) => filter.read(bytes));
    server.on("data", (bytes) => down.take(bytes));
    for (const link of [up, down]) this.links.add(link);
    page.on("close", () => this.links.delete(down));
    server.on("close", () => this.links.delete(up));
  }

  private keep(socket: Socket): void {
    this.sockets.add(socket);
    // A reset is an error to Node; to a line it is a day like any other.
    socket.on("error", () => {});
    socket.on("close", () => this.sockets.delete(socket));
  }
}
