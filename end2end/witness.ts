// What was done in a team's answer, letter by letter, and what its pages called "Saved". Every letter is used once.

import type { BrowserContext } from "@playwright/test";

interface Report {
  put?: string[];
  gone?: string[];
  saved?: string[];
}

/** Nothing is missing, nothing is there twice, nothing is there that nobody left there. */
export const innocent = { lost: [], doubled: [], strange: [] };

/** Sees every input event and every frame of the pages it watches. */
export class Witness {
  /** Letters that were typed or pasted. */
  readonly put = new Set<string>();
  /** Letters that were deleted again. */
  readonly gone = new Set<string>();
  /** Letters in a field above which the page said "Saved". */
  readonly saved = new Set<string>();

  /** Watches all pages of a browser, over reloads too. */
  async watch(context: BrowserContext): Promise<void> {
    await context.exposeBinding("testify", (_, report: Report) => {
      for (const kind of ["put", "gone", "saved"] as const) report[kind]?.forEach((letter) => this[kind].add(letter));
    });
    await context.addInitScript(observe);
  }

  /** Holds a text against what was done; `kept` are the letters that must not be lost unless they were deleted. */
  verdict(text: string, kept = this.put): { lost: string[]; doubled: string[]; strange: string[] } {
    const letters = [...text];
    return {
      lost: [...kept].filter((letter) => !this.gone.has(letter) && !letters.includes(letter)),
      doubled: letters.filter((letter, at) => letters.indexOf(letter) !== at),
      strange: letters.filter((letter) => !this.put.has(letter) || this.gone.has(letter)),
    };
  }
}

/** Runs in the page. */
function observe(): void {
  const testify = (window as unknown as { testify(report: Report): void }).testify;
  const answer = () => document.querySelector<HTMLInputElement>("#answer");
  const without = (text: string, other: string) => [...text].filter((letter) => !other.includes(letter));
  let before = "";
  addEventListener("beforeinput", () => (before = answer()?.value ?? ""), true);
  addEventListener(
    "input",
    ({ target }) => {
      const after = answer()?.value ?? "";
      if (target === answer()) testify({ put: without(after, before), gone: without(before, after) });
    },
    true,
  );
  // A frame is what a person sees: between two of them the page may say anything.
  let seen = "";
  const look = () => {
    const text = answer()?.value ?? "";
    const saved = document.querySelector("[role=status]")?.textContent === "Saved";
    if (saved && text !== seen) testify({ saved: [...(seen = text)] });
    requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}
