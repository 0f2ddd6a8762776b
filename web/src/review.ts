// Walking through a review by keys: each presses a link or a button that is there for everybody. Where the page comes back
// to is said, focused, and in sight in the document.
const bar = document.querySelector<HTMLElement>(".walk");
const on = document.querySelector<HTMLElement>("[data-on]");
const here = document.querySelector<HTMLElement>("section.doc .on");
const pane = here?.closest<HTMLElement>("section.doc");

// Measured where both stand: whether the pane is what offsets are counted from changes with how it is placed.
if (here && pane) {
  const down = here.getBoundingClientRect().top - pane.getBoundingClientRect().top;
  pane.scrollTop += down - pane.clientHeight / 4;
}
const hash = location.hash;
if (bar && on && (hash === `#${on.id}` || (!hash && location.search))) {
  on.focus({ preventScroll: true });
  const { top } = on.getBoundingClientRect();
  if (top < 0 || top + 200 > window.innerHeight) on.scrollIntoView({ block: hash ? "start" : "center" });
} else if (on && !hash && on.getBoundingClientRect().top > window.innerHeight) on.scrollIntoView({ block: "center" });
// The form for a new task stands open with the words of a sentence.
if (bar && hash === "#add") document.querySelector<HTMLElement>("#add textarea")?.focus();
// A page is heard from its beginning: what was done and where it goes on is said once it stands.
const said = document.querySelector<HTMLElement>("[data-say]");
if (said) window.setTimeout(() => { said.textContent = said.dataset.say ?? ""; }, 400);

const FIELDS = "input:not([type=hidden]), textarea, select";

/** What a key presses: of what is looked at, else of the page. */
function pressed(key: string): HTMLElement | null {
  const mark = `[data-key="${key}"]`;
  return on?.querySelector<HTMLElement>(mark) ?? document.querySelector<HTMLElement>(`.walk ${mark}`);
}

/** What is asked first is said and looked at; without a button of its own it is answered where the row is corrected. */
function blocked(): void {
  const why = on?.querySelector("[data-blocked]")?.textContent;
  if (said && why) said.textContent = why;
  const ask = on?.querySelector<HTMLElement>(".ask button, .ask summary");
  if (ask) ask.focus();
  else press("e");
}

function press(key: string): boolean {
  const found = pressed(key);
  if (!found) return false;
  const fold = found.querySelector("details");
  if (key === "?" && fold) {
    fold.open = !fold.open;
    fold.querySelector("summary")?.focus();
  } else if (key === "e" || key === "/") {
    if (fold) fold.open = true;
    found.querySelector<HTMLElement>(FIELDS)?.focus();
  } else {
    const act = found.matches("a, button") ? found : found.querySelector<HTMLElement>("button:not([disabled]), a");
    if (act) act.click();
    else blocked();
  }
  return true;
}

// Single letters are off until their reader turns them on, here or on the account page: input methods send them too.
if (bar) {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.repeat) return;
    if ((event.target as Element).closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key !== "?" && localStorage.getItem("keys") !== "on") return;
    if ("jknaxehtu/?".includes(event.key) && press(event.key)) event.preventDefault();
  });
}
