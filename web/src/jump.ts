// The jump box: what its page finds, below the field in the head.
const jump = document.querySelector<HTMLInputElement>("input[data-jump]");
if (jump?.form) {
  const box = document.createElement("div");
  box.className = "jump-box";
  box.hidden = true;
  jump.form.append(box);
  let wait = 0;
  let asked = 0;
  // The words that the box answers.
  let answered = "";
  const links = (): HTMLAnchorElement[] => [...box.querySelectorAll("a")];
  const close = (): void => { box.hidden = true; };
  const find = async (): Promise<void> => {
    const mine = ++asked;
    const words = jump.value.trim();
    if (words.length < 2) { close(); return; }
    const answer = await fetch(`/jump?q=${encodeURIComponent(words)}`, { headers: { accept: "text/html" } });
    if (!answer.ok || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const found = page.getElementById("jump-results");
    if (!found) return;
    box.replaceChildren(...[...found.children].map((child) => document.adoptNode(child)));
    answered = words;
    box.hidden = false;
  };
  let writing = false;
  jump.addEventListener("compositionstart", () => { writing = true; });
  jump.addEventListener("compositionend", () => { writing = false; });
  jump.addEventListener("input", () => {
    window.clearTimeout(wait);
    wait = window.setTimeout(() => { if (!writing) void find(); }, 200);
  });
  jump.addEventListener("focus", () => { if (box.childElementCount > 0 && jump.value.trim().length > 1) box.hidden = false; });
  jump.form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") { close(); jump.focus(); }
    if (event.key !== "ArrowDown" && event.key !== "ArrowUp") return;
    event.preventDefault();
    const all: HTMLElement[] = [jump, ...(box.hidden ? [] : links())];
    const at = all.indexOf(document.activeElement as HTMLElement) + (event.key === "ArrowDown" ? 1 : -1);
    all[(at + all.length) % all.length]?.focus();
  });
  // Enter goes to the first that was found, once it stands there; what was found for other words is none of it.
  jump.form.addEventListener("submit", (event) => {
    const [first] = box.hidden || answered !== jump.value.trim() ? [] : links();
    if (!first || document.activeElement !== jump) return;
    event.preventDefault();
    first.click();
  });
  document.addEventListener("click", (event) => { if (!jump.form?.contains(event.target as Node)) close(); });
  document.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.key.toLowerCase() !== "k") return;
    event.preventDefault();
    jump.focus();
    jump.select();
  });
}
