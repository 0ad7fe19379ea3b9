// Eight laptops with wrong clocks on lines of all lengths show a question at one instant, and count as one.

import { Chance } from "../chance";
import { message, UNSEAL } from "../frames";
import { expect, quiz, teams, test } from "../server";
import { seen, type Skew, watch } from "../stopwatch";
import { median, spread, table } from "../table";

const SECONDS = 12;
const MINUTE_MS = 60_000;
/** Beside what its line explains, a page's clock may be off by this: timers of the line and of the page are late. */
const TIMERS_MS = 50;

const question = { ...quiz.rounds[0].questions[0], seconds: SECONDS };
const game = { title: "One question", rounds: [{ title: "Round", questions: [question] }] };

const chance = new Chance(8);
/** Two teams have two laptops. */
const laptops = [...teams, ...teams.slice(0, 2)].map(({ name }, at, all) => {
  // The same delay both ways: nobody can see from the ends of a line that one way is longer.
  const roundTripMs = Math.round((300 * at) / (all.length - 1));
  const skew: Skew = {
    wallMs: chance.between(-10, 10) * MINUTE_MS,
    // A page that was opened so long ago.
    monotonicMs: chance.between(0, 20) * MINUTE_MS,
    ppm: chance.between(-100, 100),
  };
  return { name, team: teams[at % teams.length], seed: at, roundTripMs, jitterMs: chance.between(0, 40), skew };
});

test("a question opens in one instant on every laptop, whatever its line and its clocks", async ({ server, guest }) => {
  await server.fill(game);
  const desk = await server.desk(await guest());
  const open = async ({ team, seed, roundTripMs, jitterMs, skew }: (typeof laptops)[number]) => {
    // Eight laptops' windows would be more than one machine can paint in time.
    const context = await guest({ viewport: { width: 480, height: 320 } });
    await watch(context, skew);
    const line = await server.line(seed);
    for (const weather of [line.up, line.down]) Object.assign(weather, { delayMs: roundTripMs / 2, jitterMs });
    const page = await context.newPage();
    await server.logIn(page, team, line);
    await page.getByText("Saved", { exact: true }).waitFor();
    return page;
  };
  const pages = await Promise.all(laptops.map(open));
  await desk.getByRole("button", { name: "Open question", exact: true }).click();
  // Only the desk is asked meanwhile: a question to a page costs it time.
  const over = desk.getByRole("button", { name: "Show solution", exact: true });
  await expect(over).toBeEnabled({ timeout: 30_000 });
  const said = await desk.locator(".spread").textContent();
  const revealMs = server.revealMs();
  const all = await Promise.all(pages.map(seen));

  const rows = all.map(({ prompts: [prompt], heard }, at) => {
    const { name, roundTripMs, jitterMs, skew } = laptops[at];
    const key = heard.find(({ bytes }) => message(Uint8Array.from(bytes))[0] === UNSEAL.team);
    return {
      laptop: name,
      "round trip": roundTripMs,
      jitter: jitterMs,
      "wall clock, min": skew.wallMs / MINUTE_MS,
      "monotonic, min": skew.monotonicMs / MINUTE_MS,
      ppm: skew.ppm,
      "key came": (key?.atMs ?? NaN) - revealMs,
      "last frame without": (prompt?.beforeMs ?? NaN) - revealMs,
      "first frame with": (prompt?.frameMs ?? NaN) - revealMs,
      "in the page": (prompt?.atMs ?? NaN) - revealMs,
      "next frame": (prompt?.nextMs ?? NaN) - revealMs,
    };
  });
  console.log(`A reveal, in ms from its instant:\n${table(rows)}`);
  const apart = (name: keyof (typeof rows)[number]) => spread(rows.map((row) => Number(row[name]))).toFixed(1);
  console.log(`  In the page ${apart("in the page")} ms apart, in frames ${apart("first frame with")} ms apart.`);
  console.log(`  Shown on arrival of the key they would be ${apart("key came")} ms apart.`);
  console.log(`  The desk: ${said}`);
  console.log(`  The true clock's own doubt: ${spread(all.map(({ doubtMs }) => doubtMs)).toFixed(1)} ms`);
  const isOpen = (ms: number) => ms > revealMs && ms < revealMs + SECONDS * 1_000;
  const perFrame = all.map(({ framesMs }) => (SECONDS * 1_000) / framesMs.filter(isOpen).length);
  console.log(`  While the question was open, a frame took ${median(perFrame).toFixed(1)} ms.`);

  const counted = all.map(({ digits }) => digits.filter(({ label }) => label === "Time left"));
  const instants = { "in the page": "atMs", "in frames": "frameMs" } as const;
  for (const [what, instant] of Object.entries(instants)) {
    const seconds = counted[0].flatMap(({ text }) => {
      const changes = counted.flatMap((digits) => digits.find((other) => other.text === text)?.[instant] ?? []);
      return changes.length === pages.length ? [spread(changes)] : [];
    });
    const [usual, most] = [median(seconds), Math.max(...seconds)].map((ms) => ms.toFixed(1));
    console.log(`  ${seconds.length} digits changed ${what} ${usual} ms apart (median), at most ${most}.`);
  }

  const whole = Array.from({ length: SECONDS }, (_, at) => SECONDS - at);
  for (const [at, { prompts }] of all.entries()) {
    const { name, roundTripMs, jitterMs } = laptops[at];
    expect(prompts.map(({ text }) => text), `${name} shows it, once`).toEqual([question.prompt]);
    const explainedMs = roundTripMs / 2 + jitterMs + TIMERS_MS;
    const afterMs = prompts[0].atMs - revealMs;
    expect(afterMs, `${name} has it no earlier than its clock explains`).toBeGreaterThan(-explainedMs);
    // Zero is there for a moment only: what comes after the question may be as quick.
    const left = counted[at].map(({ text }) => Number(text.replace(":", ""))).filter((seconds) => seconds > 0);
    expect(left, `${name} counts down second by second`).toEqual(whole);
  }
  expect(said).toContain(`Shown on ${pages.length} laptops`);
});
