// Every page of the library.

import { library, makeGame, paste } from "../library";
import { test } from "../server";
import { shoot } from "./shoot";

const PASTED = `Welcome to the quiz of the garden club!

Round 1: Above ground
1. Which of these is a berry, to a botanist?
a) Strawberry
*b) Banana
c) Raspberry
d) Cherry

2. How many legs has a spider?
Answer: 8

3. Who tends the roses?
a) Ada
b) Grace`;

test("the library", async ({ server, guest }) => {
  const page = await library(server, await guest());
  await shoot(page, "library-empty");
  await page.goto(server.url("/control/quizzes/import"));
  await shoot(page, "library-import");
  await paste(page, PASTED);
  await shoot(page, "library-preview");
  await page.getByRole("button", { name: "Take what is ticked" }).click();
  await shoot(page, "library-quiz");
  await page.getByRole("link", { name: /^Edit:/ }).first().click();
  await shoot(page, "library-question");
  await page.goto(server.url("/control/quizzes"));
  await shoot(page, "library-list");
  await page.goto(server.url("/control/quizzes/search?q=berry"));
  await shoot(page, "library-search");
  await page.goto(server.url("/control/quizzes/1"));
  await makeGame(page, ["Red Pandas", "Midnight Otters", "Paper Comets"]);
  await shoot(page, "library-passwords");
});
