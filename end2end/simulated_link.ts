// One direction of a connection, with everything that can happen to bytes on their way.

import type { Socket } from "node:net";
import { performance } from "node:perf_hooks";
import type { Chance } from "./chance";

/** What a direction does to its bytes. All of it may be changed while connections run. */
export interface Weather {
  delayMs: number;
  /** Up to this much more delay; the order is kept, as TCP keeps it. */
  jitterMs: number;
  /** How likely a segment is lost and has to be sent again: everything behind it waits. */
  stallChance: number;
  stallMs: number;
  bytesPerSecond: number;
  /** Bytes disappear and nobody is told. */
  vanish: boolean;
}

/** A line on which nothing is wrong. */
export const fair: Readonly<Weather> = {
  delayMs: 0,
  jitterMs: 0,
  stallChance: 0,
  stallMs: 0,
  bytesPerSecond: Infinity,
  vanish: false,
};

/** What travels as one: an Ethernet frame's worth. */
const SEGMENT_BYTES = 1_460;
/** What may be on its way before the sender has to wait. */
const QUEUE_BYTES = 256 * 1_024;

/** Carries bytes from one socket to another through the weather. */
export class SimulatedLink {
  private queue: { bytes?: Buffer; due: number }[] = [];
  private queued = 0;
  private last = 0;
  private timer?: NodeJS.Timeout;
  private draining = false;
  /** A stream with a gap is dead: TCP would never deliver what comes behind the gap. */
  private torn = false;

  constructor(
    private readonly from: Socket,
    private readonly to: Socket,
    private readonly weather: Weather,
    private readonly chance: Chance,
  ) {
    from.on("end", () => this.end());
    from.on("close", (broken) => broken && this.reset());
    to.on("close", () => this.drop());
  }

  /** Takes bytes on. */
  take(bytes: Buffer): void {
    for (let at = 0; at < bytes.length; at += SEGMENT_BYTES) this.push(bytes.subarray(at, at + SEGMENT_BYTES));
    if (this.queued > QUEUE_BYTES) this.from.pause();
    this.deliver();
  }

  /** What is on its way arrives now. */
  hurry(): void {
    for (const segment of this.queue) segment.due = 0;
    this.last = 0;
    this.deliver();
  }

  /** Forgets what is on its way. */
  drop(): void {
    clearTimeout(this.timer);
    this.queue = [];
    this.queued = 0;
    this.from.resume();
  }

  /** The sender has nothing more to say; the receiver hears so after everything else. */
  private end(): void {
    this.push();
    this.deliver();
  }

  /** The sender is gone; the receiver hears so at once, if anything is heard at all. */
  private reset(): void {
    if (!this.torn && !this.weather.vanish) this.to.resetAndDestroy();
  }

  private push(bytes?: Buffer): void {
    const { delayMs, jitterMs, stallChance, stallMs, bytesPerSecond } = this.weather;
    const size = bytes?.length ?? 0;
    const stall = this.chance.happens(stallChance) ? stallMs : 0;
    const arrives = performance.now() + delayMs + jitterMs * this.chance.next() + stall;
    this.last = Math.max(arrives, this.last) + (size * 1_000) / bytesPerSecond;
    this.queue.push({ bytes, due: this.last });
    this.queued += size;
  }

  private deliver(): void {
    clearTimeout(this.timer);
    this.torn ||= this.weather.vanish && this.queue.length > 0;
    if (this.torn || this.to.destroyed) return this.drop();
    while (this.queue.length > 0 && this.queue[0].due <= performance.now() && !this.full()) {
      const { bytes } = this.queue.shift()!;
      this.queued -= bytes?.length ?? 0;
      if (bytes) this.to.write(bytes);
      else this.to.end();
    }
    if (this.queued < QUEUE_BYTES) this.from.resume();
    if (this.queue.length > 0 && !this.draining) {
      this.timer = setTimeout(() => this.deliver(), this.queue[0].due - performance.now());
    }
  }

  /** Whether the receiver has enough for now. */
  private full(): boolean {
    if (this.to.writableNeedDrain && !this.draining) {
      this.draining = true;
      this.to.once("drain", () => {
        this.draining = false;
        this.deliver();
      });
    }
    return this.draining;
  }
}
