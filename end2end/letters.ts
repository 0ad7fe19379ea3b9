// Letters for texts that tell by themselves what was lost or doubled: every letter is used once.

import type { Chance } from "./chance";

const script = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index));

/** Latin, Cyrillic, Hebrew and Arabic (right to left), Han, and animals of two UTF-16 units each. */
const scripts = [
  script(0x61, 0x7a),
  script(0x41, 0x5a),
  script(0x430, 0x44f),
  script(0x5d0, 0x5ea),
  script(0x628, 0x63a),
  script(0x4e00, 0x4e40),
  script(0x1f400, 0x1f43d),
];

/** Deals words of letters that were not dealt before. */
export class Letters {
  private readonly left: string[][];

  /** Altogether no more than so many UTF-16 units: a short answer takes 120. */
  constructor(
    private readonly chance: Chance,
    private units = 100,
  ) {
    this.left = scripts.map((letters) => chance.shuffle(letters));
  }

  /** A word in one script; shorter or empty when the letters run out. */
  word(length: number): string {
    const word = this.chance.of(this.left).splice(0, length);
    while (word.join("").length > this.units) word.pop();
    this.units -= word.join("").length;
    return word.join("");
  }
}
