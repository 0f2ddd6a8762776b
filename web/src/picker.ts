// Fields for bodies and people: what is typed is proposed with its words, several stand as chips. Without this file the field
// takes the same words, and the server understands them.

interface Choice { written: string; label: string; note: string; isGroup: boolean }
interface Answer {
  items: { written: string; name: string; note: string }[];
  groups?: { name: string; note: string }[];
  said: string;
}

const WAIT = 150;
/** How the names of groups begin. */
const GROUP = /^(UBND )?các /i;

function make<K extends keyof HTMLElementTagNameMap>(tag: K, className: string, text = ""): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function enhance(input: HTMLInputElement): void {
  const address = input.dataset.pick ?? "";
  const [remove, apart, proposed] = (input.dataset.words ?? "||").split("|");
  const isPerson = address.includes("/people");
  const isMany = input.dataset.many === "1";
  const box = make("div", "picker");
  const list = make("ul", "picker-list");
  const status = make("div", "govuk-visually-hidden");
  let choices: Choice[] = [];
  let at = -1;
  let timer = 0;
  let latest = 0;

  list.id = `${input.id}-list`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", proposed);
  status.setAttribute("role", "status");
  input.before(box);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-controls", list.id], ["aria-expanded", "false"]]) input.setAttribute(name, value);

  // Of several, the field that is sent holds all of them; the one that is typed into has no name.
  const sent = make("input", "");
  const chips = make("ul", "picker-chips");
  let chosen: string[] = [];
  if (isMany) {
    sent.type = "hidden";
    sent.name = input.name;
    input.removeAttribute("name");
    chosen = input.value.split(/[;\n]/).map((name) => name.trim()).filter(Boolean);
    input.value = "";
    box.append(sent, chips);
    input.form?.addEventListener("formdata", (event) => { event.formData.set(sent.name, all()); });
  }
  box.append(input, list, status);

  /** What is chosen, and what was typed without choosing. */
  function all(): string { return [...chosen, input.value.trim()].filter(Boolean).join("; "); }

  function draw(): void {
    sent.value = all();
    chips.replaceChildren(...chosen.map((name, place) => {
      const chip = make("li", "picker-chip", name);
      const button = make("button", "picker-x", "×");
      button.type = "button";
      button.setAttribute("aria-label", `${remove} ${name}`);
      button.addEventListener("click", () => { chosen.splice(place, 1); changed(); input.focus(); });
      if (GROUP.test(name)) {
        const members = make("button", "picker-apart", "…");
        members.type = "button";
        members.title = `${apart} ${name}`;
        members.setAttribute("aria-label", members.title);
        members.addEventListener("click", () => void takeApart(name));
        chip.append(members);
      }
      chip.append(button);
      return chip;
    }));
  }

  function changed(): void {
    draw();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function close(): void {
    list.hidden = true;
    at = -1;
    latest++;
    window.clearTimeout(timer);
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(to: number): void {
    at = (to + choices.length) % choices.length;
    [...list.children].forEach((option, place) => { option.setAttribute("aria-selected", String(place === at)); });
    const option = list.children[at];
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function open(found: Answer): void {
    const groups = isMany ? found.groups ?? [] : [];
    choices = groups.map((group) => ({ written: group.name, label: group.name, note: group.note, isGroup: true }));
    choices.push(...found.items.map((item) => ({ written: item.written, label: isPerson ? `${item.name} (${item.written})` : item.written, note: item.note, isGroup: false })));
    list.replaceChildren(...choices.map((choice, place) => {
      const option = make("li", choice.isGroup ? "picker-group" : "");
      option.id = `${list.id}-${place}`;
      option.setAttribute("role", "option");
      option.append(make("span", "", choice.label), make("span", "q", choice.note));
      option.addEventListener("mousedown", (event) => { event.preventDefault(); take(choice); });
      return option;
    }));
    at = -1;
    list.hidden = choices.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    status.textContent = found.said;
  }

  async function ask(query: Record<string, string>): Promise<Answer | undefined> {
    const mine = ++latest;
    const url = new URL(address, location.href);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
    try {
      const answer = await fetch(url, { headers: { accept: "application/json" } });
      if (answer.ok && mine === latest) return await answer.json() as Answer;
    } catch { /* off line the field still takes words */ }
    return undefined;
  }

  async function look(): Promise<void> {
    const text = input.value.trim();
    if (!text) { close(); return; }
    const found = await ask({ q: text });
    if (found && document.activeElement === input) open(found);
  }

  function take(choice: Choice): void {
    close();
    if (!isMany) {
      input.value = choice.written;
    } else {
      if (!chosen.includes(choice.written)) chosen.push(choice.written);
      input.value = "";
    }
    changed();
  }

  /** In the place of a group its members, so that single ones can be left out. */
  async function takeApart(group: string): Promise<void> {
    const found = await ask({ group });
    const members = found?.items.map((item) => item.written).filter((name) => !chosen.includes(name)) ?? [];
    if (members.length) chosen.splice(chosen.indexOf(group), 1, ...members);
    changed();
  }

  // Vietnamese input methods delete and retype while a word is composed: wait until they are done.
  input.addEventListener("input", (event) => {
    if (isMany) sent.value = all();
    window.clearTimeout(timer);
    if (!(event as InputEvent).isComposing) timer = window.setTimeout(() => void look(), WAIT);
  });
  input.addEventListener("compositionend", () => { timer = window.setTimeout(() => void look(), WAIT); });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Backspace" && isMany && !input.value && chosen.length) { chosen.pop(); changed(); }
    if (event.key === "ArrowDown" && list.hidden && input.value) void look();
    if (list.hidden) return;
    if (event.key === "ArrowDown") { event.preventDefault(); mark(at + 1); }
    if (event.key === "ArrowUp") { event.preventDefault(); mark(at < 0 ? -1 : at - 1); }
    if (event.key === "Enter" && at >= 0) { event.preventDefault(); take(choices[at]); }
    if (event.key === "Escape") { event.stopPropagation(); close(); }
  });
  if (isMany) draw();
}

export function pickers(): void {
  for (const input of document.querySelectorAll<HTMLInputElement>("input[data-pick]")) enhance(input);
}
