// A system is dragged to another wave: it leads where the form of its row does, to what would come of it, and keeps nothing.
// Whoever has no mouse, or no script, has that form.
let dragged: HTMLElement | undefined;
let over: Element | null = null;

/** The wave under the pointer, where it is another than the one that the row is in. */
function wave({ target }: Event): Element | null {
  const at = target instanceof Element ? target : (target as Node | null)?.parentElement;
  const found = dragged && at?.closest("[data-wave]");
  return found && found.getAttribute("data-wave") !== dragged?.dataset.from ? found : null;
}

function mark(next: Element | null): void {
  if (next === over) return;
  over?.classList.remove("drop-here");
  next?.classList.add("drop-here");
  over = next;
}

function ends(): void {
  mark(null);
  dragged?.classList.remove("dragged");
  dragged = undefined;
  document.body.classList.remove("dragging");
}

for (const table of document.querySelectorAll<HTMLElement>("table[data-drag]")) {
  for (const row of table.querySelectorAll<HTMLTableRowElement>("tr[data-moves]")) {
    const handle = document.createElement("span");
    handle.className = "drag-handle";
    handle.textContent = "⠿";
    handle.title = table.dataset.drag ?? "";
    handle.draggable = true;
    // To those who do not see it the form says the same.
    handle.setAttribute("aria-hidden", "true");
    row.cells[0].prepend(handle);
  }
}

document.addEventListener("dragstart", (event) => {
  const handle = event.target instanceof Element ? event.target.closest(".drag-handle") : null;
  const row = handle?.closest<HTMLElement>("tr[data-moves]");
  if (!row) return;
  dragged = row;
  event.dataTransfer?.setData("text/plain", row.dataset.moves ?? "");
  event.dataTransfer?.setDragImage(row, 0, 0);
  if (event.dataTransfer) event.dataTransfer.effectAllowed = "move";
  // Only now: a page that changes as a drag begins ends it.
  window.setTimeout(() => {
    if (!dragged) return;
    dragged.classList.add("dragged");
    document.body.classList.add("dragging");
  });
});

document.addEventListener("dragover", (event) => {
  const found = wave(event);
  mark(found);
  if (!found) return;
  event.preventDefault();
  if (event.dataTransfer) event.dataTransfer.dropEffect = "move";
});

document.addEventListener("drop", (event) => {
  const to = wave(event)?.getAttribute("data-wave");
  const field = document.getElementById(dragged?.dataset.moves ?? "") as HTMLInputElement | null;
  if (typeof to !== "string" || !field?.form) return;
  event.preventDefault();
  const query = new URLSearchParams();
  for (const [name, value] of new FormData(field.form)) query.set(name, name === field.name ? to : String(value));
  const address = `${field.form.action}?${query}`;
  ends();
  window.location.assign(address);
});

document.addEventListener("dragend", ends);
