// Everything that a browser has been given, to look for what it must not have yet.

import type { BrowserContext, Page, Response, WebSocket } from "@playwright/test";
import { frames, message, UNSEAL } from "./frames";

/** Something that a browser has. */
interface Part {
  what: string;
  bytes: Buffer;
  /** Where it stands among all that came. */
  order: number;
}

/** What came to one page, in its order, and what the page keeps. */
export class LeakSearch {
  readonly parts: Part[] = [];
  /** Where the key stands; nothing has come behind it before it has come. */
  key = Infinity;
  /** When it came, in milliseconds since the epoch; a little late. */
  keyMs = NaN;
  private order = 0;
  private readonly coming: Promise<unknown>[] = [];

  constructor(
    readonly page: Page,
    readonly role: keyof typeof UNSEAL,
  ) {
    page.on("websocket", (socket) => this.listen(socket));
    page.on("response", (response) => this.coming.push(this.read(response)));
  }

  /** Takes what the page shows and what the browser keeps for it. */
  async keep(): Promise<void> {
    const kept = await this.page.evaluate(browserKeeps);
    const cookies = JSON.stringify(await this.page.context().cookies());
    const content = await this.page.content();
    const order = (this.order += 1);
    for (const [what, text] of Object.entries({ ...kept, cookies, content })) {
      this.parts.push({ what, bytes: Buffer.from(text), order });
    }
  }

  /** What came before the key. */
  async before(): Promise<Part[]> {
    await Promise.all(this.coming);
    return this.parts.filter(({ order }) => order < this.key);
  }

  /** What came behind it. */
  async after(): Promise<Part[]> {
    await Promise.all(this.coming);
    return this.parts.filter(({ order }) => order > this.key);
  }

  private listen(socket: WebSocket): void {
    socket.on("framereceived", ({ payload }) => this.hear("WebSocket", Buffer.from(payload), (this.order += 1)));
  }

  private hear(what: string, frame: Buffer, order: number): void {
    if (message(frame)[0] === UNSEAL[this.role]) [this.key, this.keyMs] = [Math.min(this.key, order), Date.now()];
    this.parts.push({ what, bytes: frame, order });
  }

  private async read(response: Response): Promise<void> {
    const what = `${response.request().method()} ${new URL(response.url()).pathname}`;
    const order = (this.order += 1);
    this.parts.push({ what, bytes: Buffer.from(JSON.stringify(response.headers())), order });
    // A redirection has none, nor has a request that was called off.
    const body = await response.body().catch(() => Buffer.alloc(0));
    this.parts.push({ what, bytes: body, order });
    if (!/^GET \/link\/poll\//.test(what)) return;
    for (const [at, frame] of frames(body).entries()) this.hear(what, frame, order + (at + 1) / 1_000);
  }
}

/** Where something is found: as text of one byte or more a letter, or of two. */
export function found(needles: (string | Buffer)[], parts: Pick<Part, "what" | "bytes">[]): string[] {
  const coded = needles.flatMap((needle) => {
    if (typeof needle !== "string") return [{ needle: needle.toString("latin1"), bytes: needle }];
    return (["utf8", "utf16le"] as const).map((code) => ({ needle, bytes: Buffer.from(needle, code) }));
  });
  const hits = parts.flatMap(({ what, bytes }) =>
    coded.filter((needle) => bytes.includes(needle.bytes)).map(({ needle }) => `${what}: ${needle}`),
  );
  return [...new Set(hits)];
}

/** What has parts of its own kind: a text, a file. */
interface Whole<T> {
  length: number;
  slice(from: number, to: number): T;
}

/** All stretches of this length; the whole if it is shorter. */
export function stretches<T extends Whole<T>>(whole: T, length: number): T[] {
  const count = Math.max(1, whole.length - length + 1);
  return Array.from({ length: count }, (_, at) => whole.slice(at, at + length));
}

/** Runs in the page. Every value is told as its letters, every array of bytes as text. */
async function browserKeeps(): Promise<Record<string, string>> {
  const words = (_: string, value: unknown) =>
    value instanceof ArrayBuffer || ArrayBuffer.isView(value) ? new TextDecoder("latin1").decode(value) : value;
  const databases: unknown[] = [];
  const done = <T>(request: IDBRequest<T>) =>
    new Promise<T>((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
  for (const { name } of await indexedDB.databases()) {
    const database = await done(indexedDB.open(name!));
    for (const store of database.objectStoreNames) {
      const objects = database.transaction(store).objectStore(store);
      databases.push([name, store, await done(objects.getAllKeys()), await done(objects.getAll())]);
    }
    database.close();
  }
  return {
    indexedDB: JSON.stringify(databases, words),
    localStorage: JSON.stringify({ ...localStorage }),
    sessionStorage: JSON.stringify({ ...sessionStorage }),
  };
}
