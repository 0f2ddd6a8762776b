// Search as you type, the drawer beside a register, keyboard, printing, drafts. Every page works without this file.
import { createAll, Button, Checkboxes, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs } from "govuk-frontend";
import { pickers } from "./picker";
import "./drag";
import "./jump";
import "./review";
import "./ticks";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, Checkboxes, ErrorSummary, FileUpload, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs]) createAll(component as never);

pickers();

const PARTS = ["count", "views", "view"];
let composing = false;
let timer = 0;
let latest = 0;

// On a phone the areas and their entries are lines that scroll sideways: each shows where its reader is.
for (const here of document.querySelectorAll<HTMLElement>(".areas [aria-current], .moj-side-navigation [aria-current]")) {
  const line = here.closest<HTMLElement>(".areas ul, .moj-side-navigation");
  if (!line) continue;
  const past = here.getBoundingClientRect().left - line.getBoundingClientRect().left;
  line.scrollLeft += past - (line.clientWidth - here.offsetWidth) / 2;
}

/** Puts the parts of another view of this page in place; the newest request wins. */
async function show(address: string, push: boolean): Promise<void> {
  const mine = ++latest;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok || mine !== latest) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const id of PARTS) {
    const [old, fresh] = [document.getElementById(id), page.getElementById(id)];
    if (old && fresh) old.replaceWith(document.adoptNode(fresh));
  }
  if (push) history.pushState(null, "", address);
  else history.replaceState(null, "", address);
}

const search = document.querySelector<HTMLInputElement>("input[data-search]");
const form = search?.form;
if (search && form) {
  // Vietnamese input methods delete and retype while a word is composed: wait until they are done.
  search.addEventListener("compositionstart", () => { composing = true; });
  search.addEventListener("compositionend", () => { composing = false; });
  search.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (composing) return;
      const query = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value) query.append(name, String(value));
      void show(`${form.action}?${query}`, false);
    }, 300);
  });
  window.addEventListener("popstate", () => { void show(location.href, false); });
}

document.addEventListener("click", (event) => {
  const target = event.target as Element;
  if (target.closest("[data-print]")) window.print();
  const copy = target.closest<HTMLElement>("[data-copy]");
  if (copy) copyText(copy);
  for (const open of document.querySelectorAll<HTMLDetailsElement>("details.menu[open]")) if (!open.contains(target)) open.open = false;
  const link = target.closest<HTMLAnchorElement>("a[data-drawer]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  void show(link.href.replace(/#drawer$/, ""), true).then(() => document.querySelector<HTMLElement>(".open > #drawer")?.focus({ preventScroll: true }));
});

// The clipboard of the browser is open to https only; offices also come by plain http inside their house.
function copyText(button: HTMLElement): void {
  const area = document.createElement("textarea");
  area.value = button.dataset.copy ?? "";
  area.setAttribute("aria-hidden", "true");
  area.style.position = "fixed";
  area.style.opacity = "0";
  document.body.append(area);
  area.select();
  const done = document.execCommand("copy");
  area.remove();
  button.focus();
  if (done) button.textContent = button.dataset.copied ?? "";
}

// Single letters are off until their reader turns them on (account page): input methods send them too.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector<HTMLAnchorElement>("#drawer .close")?.click();
  if (localStorage.getItem("keys") !== "on" || event.ctrlKey || event.metaKey || event.altKey) return;
  if ((event.target as Element).closest("input, textarea, select")) return;
  if (event.key === "/" && search) { event.preventDefault(); search.focus(); }
  if (event.key !== "j" && event.key !== "k") return;
  const links = [...document.querySelectorAll<HTMLAnchorElement>(".parts .c-task a")];
  const at = links.indexOf(document.activeElement as HTMLAnchorElement);
  links[Math.min(Math.max(at + (event.key === "j" ? 1 : -1), 0), links.length - 1)]?.focus();
});
const keys = document.querySelector<HTMLInputElement>("input[data-keys]");
if (keys) {
  keys.checked = localStorage.getItem("keys") === "on";
  keys.addEventListener("change", () => { localStorage.setItem("keys", keys.checked ? "on" : "off"); });
}

// What comes of it is shown once: a second press is none, and its button says so.
for (const once of document.querySelectorAll<HTMLFormElement>("form[data-once]")) {
  let sent = false;
  const press = (disabled: boolean): void => {
    for (const button of once.querySelectorAll<HTMLButtonElement>("button")) button.disabled = disabled;
  };
  once.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
    // Only now: a button that is disabled sends nothing of itself.
    window.setTimeout(() => { press(true); });
    // What was called off goes again; whatever came twice all the same is done once.
    window.setTimeout(() => { sent = false; press(false); }, 10_000);
  });
  window.addEventListener("pageshow", () => { sent = false; press(false); });
}

/** Where others work on the same figures, the page follows, unless its reader is in the middle of something. */
async function follow(): Promise<void> {
  const old = document.querySelector<HTMLElement>("[data-live]");
  if (!old || old.querySelector("details[open], input:checked") || old.contains(document.activeElement)) return;
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLElement>("[data-live]");
  if (fresh && fresh.innerHTML !== old.innerHTML) old.replaceWith(document.adoptNode(fresh));
}
let source: EventSource | undefined;
/** Only the page in sight listens: a browser holds few connections to one site. */
function listen(): void {
  if (document.hidden) {
    source?.close();
    source = undefined;
  } else if (!source) {
    const of = document.querySelector<HTMLElement>("[data-live]")?.dataset.live ?? "";
    source = new EventSource(`/live?of=${encodeURIComponent(of)}`);
    source.addEventListener("changed", () => { void follow(); });
  }
}
if (document.querySelector("[data-live]")) {
  listen();
  document.addEventListener("visibilitychange", () => {
    listen();
    if (!document.hidden) void follow();
  });
}

const waiting = document.querySelector<HTMLElement>("[data-reload]");
if (waiting) window.setTimeout(() => window.location.reload(), Number(waiting.dataset.reload));

// What is written into a long form is kept on the server as it goes: after a pause, and on leaving the page.
const PAUSE = 2000;
const AGAIN = 15000;
const UNSEEN = ["once", "draft", "kept"];
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-draft]")) {
  const key = form.querySelector<HTMLInputElement>("input[name=draft]")?.value;
  const said = form.querySelector<HTMLElement>(".draft-said");
  if (!key || !said) continue;
  let waits = 0;
  let dirty = false;
  let failed = false;
  let sent = false;
  let running: AbortController | undefined;
  const typed = (): URLSearchParams => {
    const fields = new URLSearchParams();
    for (const [name, value] of new FormData(form)) if (typeof value === "string" && !UNSEEN.includes(name)) fields.append(name, value);
    return fields;
  };
  const keep = async (leaving: boolean): Promise<void> => {
    window.clearTimeout(waits);
    if (!dirty || sent) return;
    dirty = false;
    running = new AbortController();
    const body = typed();
    try {
      // A request that outlives its page is small (64 KB).
      const keepalive = leaving && body.toString().length < 60000;
      const answer = await fetch(form.dataset.draftTo ?? `/drafts/${key}`, { method: "POST", body, keepalive, redirect: "error", signal: running.signal });
      if (!answer.ok) throw new Error(String(answer.status));
      const { at } = await answer.json() as { at: string };
      failed = false;
      said.textContent = `${said.dataset.saved} ${at}`;
    } catch {
      if (sent) return;
      dirty = failed = true;
      said.textContent = said.dataset.unsaved ?? "";
      waits = window.setTimeout(() => { void keep(false); }, AGAIN);
    }
  };
  const written = (): void => {
    dirty = true;
    window.clearTimeout(waits);
    waits = window.setTimeout(() => { void keep(false); }, PAUSE);
  };
  form.addEventListener("input", written);
  form.addEventListener("change", written);
  // What was filled in again after an ended session is nowhere else yet. A draft that is only offered is not in the form.
  if (form.previousElementSibling?.hasAttribute("data-resumed")) written();
  form.addEventListener("submit", () => {
    sent = true;
    window.clearTimeout(waits);
    running?.abort();
  });
  // Whoever comes back by the browser's own way writes on.
  window.addEventListener("pageshow", () => { sent = false; });
  window.addEventListener("online", () => { void keep(false); });
  window.addEventListener("pagehide", () => { void keep(true); });
  document.addEventListener("visibilitychange", () => { if (document.hidden) void keep(true); });
  window.addEventListener("beforeunload", (event) => { if (failed && dirty && !sent) event.preventDefault(); });
}
