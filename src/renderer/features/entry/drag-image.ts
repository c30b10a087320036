import { displayName } from '../../lib/display-name.ts';

/**
 * The picture under the pointer while entries are dragged: the first one's name, and how many. The browser copies it
 * when the drag starts; it is taken away right after.
 */
export function setDragImage(transfer: DataTransfer, name: string, count: number): void {
  const card = document.createElement('div');
  card.className =
    'fixed top-0 -left-[999px] flex max-w-72 items-center gap-2 rounded-lg bg-accent px-3 py-1.5 font-medium text-on-accent text-sm shadow-float';
  const label = document.createElement('bdi');
  label.className = 'truncate';
  label.textContent = displayName(name);
  card.append(label);
  if (count > 1) {
    const badge = document.createElement('span');
    badge.className = 'rounded-full bg-canvas px-1.5 text-accent text-2xs font-semibold leading-4.5';
    badge.textContent = String(count);
    card.append(badge);
  }
  document.body.append(card);
  transfer.setDragImage(card, -8, -4);
  requestAnimationFrame(() => card.remove());
}
