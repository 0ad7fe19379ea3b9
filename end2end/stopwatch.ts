// What pages show and when, by the one true clock: that of the machine they all run on, whatever they take for theirs.

import type { BrowserContext, Page } from "@playwright/test";

/** How a page's clocks are wrong. */
export interface Skew {
  /** Added to the wall clock. */
  wallMs: number;
  /** Added to the monotonic clock. */
  monotonicMs: number;
  /** How much faster both run, in millionths. */
  ppm: number;
}

/** True clocks. */
export const exact: Skew = { wallMs: 0, monotonicMs: 0, ppm: 0 };

/** What a page has shown and heard; all instants are true milliseconds since the epoch. */
export interface Seen {
  /** Each prompt: when it was put into the page, when that frame and the one before it began, and the one after it. */
  prompts: { text: string; beforeMs: number; frameMs: number; atMs: number; nextMs: number }[];
  /** Each change of a timer: when it was put into the page, and when that frame began. */
  digits: { label: string; text: string; frameMs: number; atMs: number }[];
  /** When its frames began. */
  framesMs: number[];
  /** In which frame a picture was first announced, and first there. */
  pictureComingMs?: number;
  pictureMs?: number;
  /** Beginnings of the frames that came over the WebSocket. */
  heard: { bytes: number[]; length: number; atMs: number }[];
  /** How far the machine's wall clock is from what is taken for true here. */
  doubtMs: number;
}

/** Sets the clocks of all pages of a browser wrong, and watches what they show. */
export async function watch(context: BrowserContext, skew = exact): Promise<void> {
  await context.addInitScript(observe, skew);
}

/** What a page has shown so far. */
export function seen(page: Page): Promise<Seen> {
  return page.evaluate(() => (window as unknown as { seen(): Seen }).seen());
}

/** Runs in the page, before anything else does. */
function observe({ wallMs, monotonicMs, ppm }: Skew): void {
  const HEARD_BYTES = 64;
  const [wall, monotonic] = [Date.now.bind(Date), performance.now.bind(performance)];
  const gained = () => (monotonic() * ppm) / 1_000_000;
  Date.now = () => Math.floor(wall() + wallMs + gained());
  Performance.prototype.now = () => monotonic() + monotonicMs + gained();
  // Frames are stamped by the monotonic clock.
  const paint = requestAnimationFrame.bind(window);
  window.requestAnimationFrame = (work) => paint((atMs) => work(atMs + monotonicMs + (atMs * ppm) / 1_000_000));

  const { timeOrigin } = performance;
  const now = () => timeOrigin + monotonic();
  const seen: Seen = { prompts: [], digits: [], framesMs: [], heard: [], doubtMs: 0 };
  Object.assign(window, { seen: () => ({ ...seen, doubtMs: wall() - now() }) });
  let [beforeMs, frameMs] = [0, 0];
  const look = () => {
    const prompt = document.querySelector("h1.prompt")?.textContent ?? undefined;
    if (prompt !== undefined && prompt !== seen.prompts.at(-1)?.text) {
      const shown = { text: prompt, beforeMs, frameMs, atMs: now(), nextMs: 0 };
      seen.prompts.push(shown);
      requestAnimationFrame(() => (shown.nextMs = now()));
    }
    const timer = document.querySelector("[role=timer]");
    const [label, text] = [timer?.getAttribute("aria-label") ?? "", timer?.textContent ?? ""];
    const last = seen.digits.at(-1);
    if (timer && (last?.label !== label || last.text !== text)) seen.digits.push({ label, text, frameMs, atMs: now() });
  };
  new MutationObserver(look).observe(document, { subtree: true, childList: true, characterData: true });
  // Asked for before the page's own program asks, so that it is called before it in every frame.
  const frame = () => {
    [beforeMs, frameMs] = [frameMs, now()];
    seen.framesMs.push(frameMs);
    if (document.querySelector(".picture.coming")) seen.pictureComingMs ??= now();
    if (document.querySelector<HTMLImageElement>("img.picture")?.naturalWidth) seen.pictureMs ??= now();
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.WebSocket = class extends WebSocket {
    constructor(...given: ConstructorParameters<typeof WebSocket>) {
      super(...given);
      this.addEventListener("message", ({ data }) => {
        const bytes = new Uint8Array(data);
        seen.heard.push({ bytes: [...bytes.subarray(0, HEARD_BYTES)], length: bytes.length, atMs: now() });
      });
    }
  };
}
