// Chance that can be had again: what is random in a test comes from one seed.

import { randomInt } from "node:crypto";

/** Numbers from a seed: mulberry32 by Tommy Ettinger (2017, public domain). */
export class Chance {
  constructor(private state: number) {}

  /** A number from 0 up to, but not, 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  /** Whether something of this probability happens. */
  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** One of a list. */
  of<T>(list: readonly T[]): T {
    return list[this.between(0, list.length - 1)];
  }

  /** The list in another order. */
  shuffle<T>(list: readonly T[]): T[] {
    const keyed = list.map((item) => ({ item, key: this.next() }));
    return keyed.sort((left, right) => left.key - right.key).map(({ item }) => item);
  }
}

/** A new seed, said aloud, or the one in QUIZWIRE_SEED to be replayed. */
export function seeded(): Chance {
  const seed = Number(process.env.QUIZWIRE_SEED ?? randomInt(2 ** 31));
  console.log(`QUIZWIRE_SEED=${seed}`);
  return new Chance(seed);
}
