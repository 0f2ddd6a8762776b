// Ticks in a list: of a whole group at once, and how many there are. The list may be put in place anew meanwhile.
const forms = (): HTMLFormElement[] => [...document.querySelectorAll<HTMLFormElement>("form[data-ticks]")];
const boxes = (within: ParentNode): HTMLInputElement[] => [...within.querySelectorAll<HTMLInputElement>("input[name=part]")];

function count(form: HTMLFormElement): void {
  const said = form.querySelector<HTMLElement>("[data-ticked]");
  const ticked = boxes(form).filter((box) => box.checked).length;
  if (said) said.textContent = (said.dataset.ticked ?? "").replace("{count}", String(ticked));
  for (const group of form.querySelectorAll<HTMLInputElement>("[data-tick-group]")) {
    const own = boxes(group.closest("tbody") ?? form);
    group.checked = own.length > 0 && own.every((box) => box.checked);
    group.indeterminate = !group.checked && own.some((box) => box.checked);
  }
}

document.addEventListener("change", (event) => {
  const box = event.target as HTMLInputElement;
  const form = box.closest<HTMLFormElement>("form[data-ticks]");
  if (!form) return;
  const group = box.matches("[data-tick-group]") ? box.closest("tbody") : null;
  if (group) for (const one of boxes(group)) one.checked = box.checked;
  count(form);
});
forms().forEach(count);
