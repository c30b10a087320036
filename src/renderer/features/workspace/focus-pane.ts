/** Where in a pane the keyboard goes: its list of files, or else whatever comes first in it. */
const LISTS = '[role="grid"], [role="treegrid"], [role="tree"], [role="listbox"]';

/** Puts the keyboard into what a pane shows. */
export function focusPane(paneId: string): void {
  const content = document.querySelector<HTMLElement>(`[data-pane="${paneId}"] [data-pane-content]`);
  const list = content?.querySelector<HTMLElement>(LISTS);
  (list ?? content)?.focus();
}
