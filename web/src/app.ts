// Search as you type, reload while something is read, keyboard in registers. Every page works without this file.

import { createAll, Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs } from "govuk-frontend";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput, Radios, SkipLink, Tabs]) createAll(component as never);

const search = document.querySelector<HTMLInputElement>("input[data-search]");
const results = document.getElementById("results");
let composing = false;
let timer = 0;
let latest = 0;

async function refresh(form: HTMLFormElement): Promise<void> {
  const mine = ++latest;
  const query = new URLSearchParams(new FormData(form) as unknown as Record<string, string>);
  const address = `${form.action}?${query}`;
  const answer = await fetch(address, { headers: { accept: "text/html" } });
  if (!answer.ok || mine !== latest || !results) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.getElementById("results");
  if (fresh) results.replaceChildren(...fresh.childNodes);
  history.replaceState(null, "", address);
}

// Vietnamese input methods delete and retype while a word is composed: wait until they are done.
if (search?.form) {
  const form = search.form;
  search.addEventListener("compositionstart", () => { composing = true; });
  search.addEventListener("compositionend", () => { composing = false; });
  search.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(() => { if (!composing) void refresh(form); }, 300);
  });
}

const waiting = document.querySelector<HTMLElement>("[data-reload]");
if (waiting) window.setTimeout(() => window.location.reload(), Number(waiting.dataset.reload));

// The document beside the review opens at the sentence in question.
const quoted = document.querySelector<HTMLElement>("section.doc mark.on");
const pane = quoted?.closest<HTMLElement>("section.doc");
if (quoted && pane) pane.scrollTop = quoted.offsetTop - pane.offsetTop - pane.clientHeight / 4;
